"""Audit: an append-only, chained entry beside each write."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, Id


class AuditEntry(Base):
    """``action`` is noun.verb. ``digest`` covers the entry and the digest before it. Never an answer, a note or a token."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "subject_id"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    session_id: Mapped[str | None] = mapped_column(Id)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64))


def select_history(subject: str, subject_id: str) -> Select[tuple[AuditEntry]]:
    """What happened to one thing, in order."""
    return (
        select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.number)
    )
