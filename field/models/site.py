"""Sites: the places visited."""

from datetime import datetime

from sqlalchemy import Boolean, Float, ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from field.models.base import Base, Code, HasId
from field.models.region import Region


class Site(HasId, Base):
    __tablename__ = "site"

    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(400), default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    language: Mapped[str] = mapped_column(String(16), default="en")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    region_id: Mapped[str] = mapped_column(ForeignKey("region.id"), index=True)
    created_at: Mapped[datetime]

    region: Mapped[Region] = relationship(lazy="joined", innerjoin=True)


def select_sites() -> Select[tuple[Site]]:
    """All sites by name; always goes through a Scope."""
    return select(Site).order_by(Site.name, Site.code)
