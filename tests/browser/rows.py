"""What the server holds, looked at and changed behind its back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from field.models import Receipt
from tests.browser.server import Server, opened


def change(shop: Server, statement: str, **values: str) -> None:
    with opened(shop.environment()) as app, app.extensions["database"].write() as session:
        session.execute(text(statement), values)


def receipts(shop: Server, visit: str) -> list[dict[str, Any]]:
    with opened(shop.environment()) as app, app.extensions["database"].read() as session:
        return [json.loads(body) for body in session.scalars(select(Receipt.body).where(Receipt.visit_id == visit))]


def count(shop: Server, model: type, visit: str) -> int:
    with opened(shop.environment()) as made, made.extensions["database"].read() as session:
        return len(session.scalars(select(model).where(model.visit_id == visit)).all())


def last_seen(shop: Server, days: int) -> None:
    """All sessions were begun and last used so many days ago."""
    at = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
    change(shop, "UPDATE device_session SET seen_at = :at, created_at = :at", at=at)
