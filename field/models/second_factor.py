"""A person's second factor: an app that shows codes, and recovery codes for the day the phone is gone."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, HasId


class SecondFactor(Base):
    """``secret`` is sealed with the instance's key; ``last_step`` is the latest thirty seconds whose code was used."""

    __tablename__ = "second_factor"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    last_step: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime]


class RecoveryCode(HasId, Base):
    """One of ten codes, kept as its digest only."""

    __tablename__ = "recovery_code"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


def select_codes_left(person_id: str) -> Select[tuple[int]]:
    """How many recovery codes the person has not used."""
    return select(func.count(RecoveryCode.id)).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
