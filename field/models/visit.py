"""Visits with the score and the answers of their last revision."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, Select, String, Text, and_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from field.access import COUNTED, State
from field.models.base import Base, Id
from field.models.person import Person
from field.models.questionnaire import QuestionnaireVersion
from field.models.site import Site

#: The five dimensions, in the order in which they are always shown; each has its column ``visit.<name>``.
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
#: Results are looked up among visits that were accepted: a visit that is received touches none of those indexes.
_ONCE_ACCEPTED = {"sqlite_where": text("accepted_at IS NOT NULL"), "postgresql_where": text("accepted_at IS NOT NULL")}


class Visit(Base):
    """One visit. Site, version and score are empty while it is a draft of which only photos have arrived.

    ``overall_exact`` is the unrounded score as "n/d"; the float columns serve sorting and statistics.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_counted", "slug", "top_region_id", "started_at", **_ONCE_ACCEPTED),
        Index("ix_visit_site", "site_id", "started_at", **_ONCE_ACCEPTED),
        Index("ix_visit_state", "state", "received_at"),
        Index("ix_visit_person", "person_id", "changed_at"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"))
    version_id: Mapped[str | None] = mapped_column(ForeignKey("questionnaire_version.id"))
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"))
    slug: Mapped[str | None] = mapped_column(String(64))
    top_region_id: Mapped[str | None] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(16), default=State.DRAFT)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    receipt_id: Mapped[str | None] = mapped_column(Id)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)

    overall: Mapped[float | None] = mapped_column(Float)
    overall_exact: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(8), default="none")
    critical_failed: Mapped[bool] = mapped_column(Boolean, default=False)
    coverage: Mapped[float | None] = mapped_column(Float)
    tangibles: Mapped[float | None] = mapped_column(Float)
    reliability: Mapped[float | None] = mapped_column(Float)
    responsiveness: Mapped[float | None] = mapped_column(Float)
    assurance: Mapped[float | None] = mapped_column(Float)
    empathy: Mapped[float | None] = mapped_column(Float)
    sections: Mapped[dict[str, float | None]] = mapped_column(JSON, default=dict)

    site: Mapped[Site | None] = relationship(lazy="raise")
    version: Mapped[QuestionnaireVersion | None] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Answer(Base):
    """One answer of a visit's last revision with what it earned; older ones stand in their revision's bytes.

    ``state`` and ``mark`` are those of the trace's line; ``earned``, ``maximum`` and ``weight`` decimals as text.
    """

    __tablename__ = "answer"
    __table_args__ = {"sqlite_with_rowid": False}

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True)
    reason: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    mark: Mapped[str] = mapped_column(String(20))
    earned: Mapped[str | None] = mapped_column(String(80))
    maximum: Mapped[str | None] = mapped_column(String(24))
    weight: Mapped[str | None] = mapped_column(String(24))


def select_visit(visit_id: str) -> Select[tuple[Visit, Site, QuestionnaireVersion]]:
    """A received visit with its site and its version."""
    return (
        select(Visit, Site, QuestionnaireVersion)
        .join(Site, Site.id == Visit.site_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Visit.version_id)
        .where(Visit.id == visit_id)
    )


#: The condition under which a visit counts in scores, charts, sheets and exports; it lets the indexes above serve.
COUNTS = and_(Visit.state.in_(COUNTED), Visit.accepted_at.is_not(None))


def select_answers(visit_id: str) -> Select[tuple[Answer]]:
    return select(Answer).where(Answer.visit_id == visit_id)
