"""Alembic's entry: runs on the connection that ``field.db.migrate`` hands in."""

from alembic import context

from field.models import Base
from field.models.base import UTCDateTime


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Our own column types are written as what they are in the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata,
    render_as_batch=True, compare_type=True, transaction_per_migration=False, render_item=render_item,
)
context.run_migrations()
