"""Questionnaires and their immutable versions, kept as the exact bytes that were published."""

import json
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, Select, String, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, aliased, deferred, mapped_column

from field.locale import pick
from field.models.base import Base, Code, HasId


class QuestionnaireVersion(HasId, Base):
    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("slug", "version"),)

    slug: Mapped[str] = mapped_column(Code)
    version: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    title: Mapped[str] = mapped_column(String(400))
    unplanned: Mapped[bool] = mapped_column(Boolean, default=False)
    published_at: Mapped[datetime]
    published_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]

    def title_in(self, language: str) -> str:
        """The title in a language, else in the first that it has."""
        return pick(json.loads(self.title), language)


def select_version(slug: str, version: int) -> Select[tuple[QuestionnaireVersion]]:
    return select(QuestionnaireVersion).where(QuestionnaireVersion.slug == slug, QuestionnaireVersion.version == version)


def select_versions() -> Select[tuple[QuestionnaireVersion]]:
    """All versions, by questionnaire, the newest first."""
    return select(QuestionnaireVersion).order_by(QuestionnaireVersion.slug, QuestionnaireVersion.version.desc())


def select_latest(slug: str) -> Select[tuple[QuestionnaireVersion]]:
    return select_versions().where(QuestionnaireVersion.slug == slug).limit(1)


def select_offered() -> Select[tuple[QuestionnaireVersion]]:
    """Of each questionnaire the newest version that is not retired: what visits are planned with."""
    newer = aliased(QuestionnaireVersion)
    overtaken = exists().where(newer.slug == QuestionnaireVersion.slug, newer.version > QuestionnaireVersion.version, newer.retired_at.is_(None))
    return select_versions().where(QuestionnaireVersion.retired_at.is_(None), ~overtaken)
