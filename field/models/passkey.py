"""Passkeys, and the challenges that a browser answers with one."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, HasId


class Passkey(HasId, Base):
    """A public key of a person; ``credential`` is its name in base64url, found by its digest."""

    __tablename__ = "passkey"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    credential: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Challenge(Base):
    """What a browser is asked to sign, once, for one purpose; ``person_id`` is empty before somebody signs in."""

    __tablename__ = "challenge"

    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime]

    __table_args__ = (Index("ix_challenge_until", "until"),)


def select_passkeys(person_id: str) -> Select[tuple[Passkey]]:
    """The person's passkeys, the oldest first."""
    return select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at, Passkey.id)
