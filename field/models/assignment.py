"""Assignments: who goes where, when, with which brief."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from field.models.base import Base, HasId, Id, new_id
from field.models.person import Person
from field.models.questionnaire import QuestionnaireVersion
from field.models.site import Site


class Assignment(HasId, Base):
    """``state`` is open, done (its visit was received) or cancelled. The visit's id is known from the start."""

    __tablename__ = "assignment"

    visit_id: Mapped[str] = mapped_column(Id, unique=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("questionnaire_version.id"))
    brief: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default="open")
    created_at: Mapped[datetime]

    site: Mapped[Site] = relationship(lazy="raise")
    version: Mapped[QuestionnaireVersion] = relationship(lazy="raise")


def select_open_assignments(person_id: str) -> Select[tuple[Assignment, Site, QuestionnaireVersion]]:
    """What a person still has to do, soonest first."""
    return (
        select(Assignment, Site, QuestionnaireVersion)
        .join(Site, Site.id == Assignment.site_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Assignment.version_id)
        .where(Assignment.person_id == person_id, Assignment.state == "open")
        .order_by(Assignment.starts_at, Site.name)
    )


def select_coming() -> Select[tuple[Assignment, Site, QuestionnaireVersion, Person]]:
    """What is still to be done by anybody, soonest first; always goes through a Scope."""
    return (
        select(Assignment, Site, QuestionnaireVersion, Person)
        .join(Site, Site.id == Assignment.site_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Assignment.version_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.state == "open").order_by(Assignment.starts_at, Site.name, Assignment.id)
    )
