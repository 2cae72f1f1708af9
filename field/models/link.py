"""Links that work once: an invitation to a new person, or a way back in for one who forgot the password."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, HasId


class OneTimeLink(HasId, Base):
    """The link's token is kept as its digest only. ``ended_at``: used, or replaced by a later link."""

    __tablename__ = "one_time_link"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def select_open_links(person_id: str) -> Select[tuple[OneTimeLink]]:
    """Links of a person that nobody has used, expired ones among them."""
    return select(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.ended_at.is_(None))


def select_link(digest: str, now: datetime) -> Select[tuple[OneTimeLink]]:
    """The link with this digest, while it may be used."""
    return select(OneTimeLink).where(OneTimeLink.digest == digest, OneTimeLink.ended_at.is_(None), OneTimeLink.until > now)
