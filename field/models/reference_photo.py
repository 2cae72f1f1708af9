"""Reference photos: how it should look, by the version whose question names them."""

from sqlalchemy import ForeignKey, Integer, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from field.models.base import Base
from field.models.questionnaire import QuestionnaireVersion


class ReferencePhoto(Base):
    """Our own copy, upright and without metadata, of the file with this digest; the file itself is not kept."""

    __tablename__ = "reference_photo"

    version_id: Mapped[str] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    image: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)


def select_reference_photos(version_id: str) -> Select[tuple[ReferencePhoto]]:
    return select(ReferencePhoto).where(ReferencePhoto.version_id == version_id)


def select_reference_image(slug: str, version: int, sha256: str) -> Select[tuple[bytes]]:
    """The JPEG of a published version's photo."""
    return (
        select(ReferencePhoto.image).join(QuestionnaireVersion, QuestionnaireVersion.id == ReferencePhoto.version_id)
        .where(QuestionnaireVersion.slug == slug, QuestionnaireVersion.version == version, ReferencePhoto.sha256 == sha256)
    )
