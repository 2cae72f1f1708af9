"""Photos of visits: the bytes by digest, and where in the visit each one stands."""

from datetime import datetime

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, Select, String, Text, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base
from field.models.visit import Visit


class Photo(Base):
    """A photo received for a visit. ``state``: stored (not yet decoded), readable, or unreadable (quarantined)."""

    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_sha256", "sha256"), {"sqlite_with_rowid": False})

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(8))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default="stored")
    unreadable_because: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime]


class PhotoUse(Base):
    """A position of a visit's last revision where a photo stands, with what the phone said about it.

    ``printable``: the reviewer says that it may stand on the shop's sheet.
    """

    __tablename__ = "photo_use"
    __table_args__ = {"sqlite_with_rowid": False}

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(8))
    caption: Mapped[str | None] = mapped_column(Text)
    taken_at: Mapped[datetime | None]
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    printable: Mapped[bool] = mapped_column(Boolean, default=False)


def select_named(sha256s: list[str]) -> Select[tuple[str]]:
    """Which of these digests a row names."""
    return select(Photo.sha256).where(Photo.sha256.in_(sha256s)).distinct()


def select_photos(visit_id: str) -> Select[tuple[Photo]]:
    return select(Photo).where(Photo.visit_id == visit_id).order_by(Photo.received_at, Photo.sha256)


def select_uses(visit_id: str) -> Select[tuple[PhotoUse, Photo]]:
    """The visit's photos where they stand; one that was named but never stored is absent here."""
    return (
        select(PhotoUse, Photo)
        .join(Photo, (Photo.visit_id == PhotoUse.visit_id) & (Photo.sha256 == PhotoUse.sha256))
        .where(PhotoUse.visit_id == visit_id).order_by(PhotoUse.question, PhotoUse.position)
    )


def select_photo_counts(visit_ids: list[str]) -> Select[tuple[str, str, int]]:
    """How many photos these visits hold in each state: visit, state, count."""
    return select(Photo.visit_id, Photo.state, func.count()).where(Photo.visit_id.in_(visit_ids)).group_by(Photo.visit_id, Photo.state)


def select_seen_photo(visit_id: str, sha256: str) -> Select[tuple[Photo]]:
    """A photo that a visit's last revision shows; always goes through a Scope."""
    used = exists().where(PhotoUse.visit_id == Photo.visit_id, PhotoUse.sha256 == Photo.sha256)
    return (
        select(Photo).join(Visit, Visit.id == Photo.visit_id)
        .where(Photo.visit_id == visit_id, Photo.sha256 == sha256, used)
    )
