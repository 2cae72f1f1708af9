"""People, their roles, and the devices they are signed in on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from field.access import Grant, Role
from field.models.base import Base, HasId
from field.models.second_factor import SecondFactor


class Person(HasId, Base):
    __tablename__ = "person"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16), default="en")
    #: Empty until an invited person has chosen a password.
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    roles: Mapped[list["PersonRole"]] = relationship(back_populates="person", cascade="all, delete-orphan", lazy="selectin")

    @property
    def grants(self) -> tuple[Grant, ...]:
        return tuple(Grant(Role(r.role), r.region_id, r.site_id) for r in self.roles)


class PersonRole(HasId, Base):
    """A grant: a role in a region and all below, at a site, or (both empty) everywhere."""

    __tablename__ = "person_role"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    region_id: Mapped[str | None] = mapped_column(ForeignKey("region.id"), index=True)
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"), index=True)

    person: Mapped[Person] = relationship(back_populates="roles")


class DeviceSession(HasId, Base):
    """A device that a person signed in on; the cookie's token is kept as its digest only.

    ``level`` is ``full``, or ``code`` while the second factor's code is still to come. ``proved_at`` is when the person
    last showed that it is them, by password or passkey.
    """

    __tablename__ = "device_session"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    level: Mapped[str] = mapped_column(String(8), default="full", server_default="full")
    proved_at: Mapped[datetime | None]


class Throttle(Base):
    """Failed tries of one account, address or second factor within a window."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    since: Mapped[datetime]
    until: Mapped[datetime]

    __table_args__ = (Index("ix_throttle_until", "until"),)


def select_person(email: str) -> Select[tuple[Person]]:
    """The person with this address (already in canonical form)."""
    return select(Person).where(Person.email == email)


def select_people() -> Select[tuple[Person]]:
    return select(Person).order_by(Person.name, Person.email)


def select_devices(person_id: str) -> Select[tuple[DeviceSession]]:
    """The person's live devices, the latest used first."""
    return (
        select(DeviceSession).where(DeviceSession.person_id == person_id, DeviceSession.revoked_at.is_(None))
        .order_by(DeviceSession.seen_at.desc())
    )


_D, _P, _R, _F = DeviceSession.__table__, Person.__table__, PersonRole.__table__, SecondFactor.__table__
#: What a request needs to know its person, by the token's ``digest``: one row for each grant, or none.
SESSION = (
    select(_D.c.id, _D.c.created_at, _D.c.seen_at, _D.c.level, _D.c.proved_at, _P.c.id.label("person_id"), _P.c.name, _P.c.language,
           _F.c.created_at.label("factor_at"), _R.c.role, _R.c.region_id, _R.c.site_id)
    .join(_P, _P.c.id == _D.c.person_id).join(_R, _R.c.person_id == _P.c.id, isouter=True)
    .join(_F, _F.c.person_id == _P.c.id, isouter=True)
    .where(_D.c.digest == bindparam("digest"), _D.c.revoked_at.is_(None), _P.c.disabled_at.is_(None))
)


def select_number(person_id: str) -> Select[tuple[int]]:
    """The short number under which reviewers know an inspector: the place in the order of joining, which never changes."""
    one = select(Person.created_at, Person.id).where(Person.id == person_id).subquery()
    earlier = (Person.created_at < one.c.created_at) | ((Person.created_at == one.c.created_at) & (Person.id <= one.c.id))
    return select(func.count(Person.id)).join(one, earlier)


def select_inspectors(region_ids: Select | None = None) -> Select[tuple[Person]]:
    """Inspectors who may sign in, by name; of these regions and those without a region, when regions are given."""
    query = select(Person).join(PersonRole).where(PersonRole.role == Role.INSPECTOR, Person.disabled_at.is_(None))
    if region_ids is not None:
        query = query.where(or_(PersonRole.region_id.in_(region_ids), PersonRole.region_id.is_(None)))
    return query.distinct().order_by(Person.name, Person.email)
