"""Revisions as sent, their receipts, the drafts backed up, and copies of what was refused."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from field.models.base import Base, HasId, Id


class Revision(Base):
    """What the phone sent, once, as frozen bytes."""

    __tablename__ = "revision"
    __table_args__ = {"sqlite_with_rowid": False}

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    device: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    receipt_id: Mapped[str] = mapped_column(Id)


class Receipt(Base):
    """The server's signed word that it has a revision; ``body`` is the receipt, byte for byte.

    ``number`` is the order of issue over the whole server; ``digest`` the SHA-256 of ``body``, which the next one names.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_person", "person_id", "number"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Id, unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    revision: Mapped[int] = mapped_column(Integer)
    revision_sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))


class Chain(Base):
    """One row: the last links of the receipts' and the audit's chains. Locking it serialises their issue."""

    __tablename__ = "chain"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    receipts: Mapped[int] = mapped_column(Integer, default=0)
    receipt_digest: Mapped[str | None] = mapped_column(String(64))
    entries: Mapped[int] = mapped_column(Integer, default=0)
    entry_digest: Mapped[str | None] = mapped_column(String(64))


class Draft(Base):
    """The latest backup of an unfinished visit from one device."""

    __tablename__ = "draft"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True)
    rev: Mapped[int] = mapped_column(Integer)
    saved_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class RefusedCopy(HasId, Base):
    """Bytes of a revision that was refused, kept for the reviewer."""

    __tablename__ = "refused_copy"
    __table_args__ = (Index("uq_refused_copy_bytes", "visit_id", "number", "sha256", unique=True),)

    visit_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    body: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    received_at: Mapped[datetime]


def select_receipt(visit_id: str, number: int) -> Select[tuple[Receipt]]:
    """The receipt of a revision."""
    of_revision = Revision.receipt_id == Receipt.id
    return select(Receipt).join(Revision, of_revision).where(Revision.visit_id == visit_id, Revision.number == number)
