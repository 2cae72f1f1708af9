"""Reviews: one for each time a reviewer had a visit open."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from field.access import State
from field.models.base import Base, HasId
from field.models.person import Person
from field.models.questionnaire import QuestionnaireVersion
from field.models.site import Site
from field.models.visit import Visit


class Review(HasId, Base):
    """``decision`` is empty while open, then accepted, returned, excluded or closed (put back without a decision).

    ``reason`` belongs to the whole visit (why excluded, why a photo is not needed).
    """

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_visit", "visit_id", "opened_at"),)

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    revision: Mapped[int] = mapped_column(Integer)
    reviewer_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)

    reasons: Mapped[list["ReviewReason"]] = relationship(lazy="selectin", order_by="ReviewReason.position")


class ReviewReason(HasId, Base):
    """Why a visit was returned; ``question`` is empty when it concerns the visit as a whole."""

    __tablename__ = "review_reason"

    review_id: Mapped[str] = mapped_column(ForeignKey("review.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    question: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)


def select_reviews(visit_id: str) -> Select[tuple[Review]]:
    """The visit's reviews, the latest first."""
    return select(Review).where(Review.visit_id == visit_id).order_by(Review.opened_at.desc())


def select_open_review(visit_id: str) -> Select[tuple[Review]]:
    return select_reviews(visit_id).where(Review.decision.is_(None)).limit(1)


def select_visits_in(*states: State) -> Select[tuple[Visit, Site, QuestionnaireVersion]]:
    """Received visits in these states, the one that waits longest first; always goes through a Scope."""
    return (
        select(Visit, Site, QuestionnaireVersion).join(Site, Site.id == Visit.site_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Visit.version_id)
        .where(Visit.state.in_(states)).order_by(Visit.received_at, Visit.id)
    )


def select_reviewers(visit_ids: list[str]) -> Select[tuple[str, str, str]]:
    """Who has each of these visits open: visit, person, name."""
    return (
        select(Review.visit_id, Person.id, Person.name).join(Person, Person.id == Review.reviewer_id)
        .where(Review.visit_id.in_(visit_ids), Review.decision.is_(None))
    )
