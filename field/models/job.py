"""Jobs: rows written in the operation's own transaction, claimed by lease, deleted when done."""

from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, HasId


class Job(HasId, Base):
    """``key`` makes a job unique while it waits; ``failed_at`` marks one that gave up and is kept to be seen."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "failed_at", "run_at"),)

    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(80))
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
