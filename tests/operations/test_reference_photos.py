"""Reference photos: published with the version that names them or later, and kept without what the file says besides."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from field.content import PHOTOS, builtin
from field.models import AuditEntry, QuestionnaireVersion, ReferencePhoto
from tests.factories import dumps, photo, questionnaire

MAKER, ORIENTATION, LEFT_DOWN = 0x010F, 0x0112, 8


def camera_photo() -> bytes:
    """A photo as a phone makes it: held upright, so its file lies on its side and says so, with the maker's name."""
    about = Image.Exif()
    about[MAKER], about[ORIENTATION] = "Amira's own phone", LEFT_DOWN
    out = BytesIO()
    Image.new("RGB", (2000, 1000), "teal").save(out, "JPEG", exif=about)
    return out.getvalue()


def wide(*size: int) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def naming(*photos: bytes, **changes):
    """A document whose first questions name these photos."""
    document = questionnaire("shown", **changes)
    for question, data in zip(document["sections"][0]["questions"], photos, strict=False):
        question["reference_photo"] = digest(data)
    return document


@pytest.fixture
def publish(run, tmp_path: Path):
    """``publish(document, photo, …)`` with the photos as files 0.jpg, 1.jpg, …"""
    def hand_in(document, *photos: bytes):
        (tmp_path / "document.json").write_bytes(dumps(document))
        given = []
        for number, data in enumerate(photos):
            (tmp_path / f"{number}.jpg").write_bytes(data)
            given += ["--photo", str(tmp_path / f"{number}.jpg")]
        return run("questionnaire", "publish", str(tmp_path / "document.json"), *given)
    return hand_in


@pytest.fixture
def kept(database):
    """What is kept: each photo by digest."""
    def look() -> dict[str, ReferencePhoto]:
        with database.read() as session:
            return {each.sha256: (each.image, each.width, each.height) for each in session.query(ReferencePhoto)}
    return look


def test_what_is_kept_is_a_copy_that_stands_upright_and_says_nothing_else(publish, kept):
    given = camera_photo()
    result = publish(naming(given), given)
    assert (result.exit_code, result.stderr) == (0, "")
    image, width, height = kept()[digest(given)]
    copy = Image.open(BytesIO(image))
    assert copy.size == (width, height) == (800, 1600)
    assert dict(copy.getexif()) == {} and b"Amira" not in image


def test_a_version_is_published_without_its_photos_and_says_which_are_to_come(publish, kept, database):
    one, two = photo(1), photo(2)
    first = publish(naming(one, two), one)
    assert first.exit_code == 0
    assert "--photo" in first.stderr and f"look {digest(two)}" in first.stderr and digest(one) not in first.stderr
    later = publish(naming(one, two), two, one)
    assert (later.stdout, later.stderr) == (first.stdout, "")
    publish(naming(one, two), two)
    assert kept().keys() == {digest(one), digest(two)}
    with database.read() as session:
        told = session.query(AuditEntry).filter_by(action="questionnaire.photo_added").order_by(AuditEntry.number).all()
        assert [entry.details["sha256"] for entry in told] == [digest(one), digest(two)]
        assert {(entry.details["slug"], entry.details["version"]) for entry in told} == {("shown", 1)}


def test_a_photo_that_no_question_names_is_told_with_its_digest_and_nothing_is_published(publish, kept, database):
    one, stray = photo(1), photo(2)
    result = publish(naming(one), one, stray)
    assert result.exit_code == 1 and "reference_photo.unnamed" in result.output
    assert f"1.jpg: {digest(stray)}" in result.output and digest(one) not in result.output
    assert kept() == {}
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="shown").count() == 0


@pytest.mark.parametrize("damage, said", [
    (lambda data: b"no photo at all", "choose a JPEG, PNG, WebP or HEIC photo of at least 64 px a side."),
    (lambda data: data[:len(data) // 2], "the picture is damaged. Save it again, or choose another one."),
    (lambda data: wide(9000, 8000), "choose a smaller photo, of at most 64 megapixels."),
    (lambda data: data + bytes(20_000_000), "choose a smaller photo, of at most 20 MB.")])
def test_a_file_that_is_no_photo_to_show_is_refused_by_its_name(publish, kept, damage, said):
    given = damage(Path(PHOTOS / "shelves_tidy.jpg").read_bytes())
    result = publish(naming(given), given)
    assert (result.exit_code, result.output) == (1, f"Error: These photos cannot be used (reference_photo.unusable). /photos: 0.jpg: {said}\n")
    assert kept() == {}


def test_all_files_that_are_no_photos_to_show_are_named_at_once(publish, kept):
    one = photo(1)
    result = publish(naming(one), b"no photo", one, b"a film")
    assert [line.split(": ")[1] for line in result.output.splitlines()[1:]] == ["0.jpg", "2.jpg"]
    assert kept() == {}


def test_the_same_photo_belongs_to_each_version_that_names_it(publish, database):
    one = photo(1)
    for version in (1, 2):
        assert publish(naming(one, version=version), one).exit_code == 0
    with database.read() as session:
        assert session.query(ReferencePhoto).filter_by(sha256=digest(one)).count() == 2


def test_init_brings_the_photos_of_the_built_in_questionnaires_along(run, kept):
    assert [run("init").exit_code for _ in range(2)] == [0, 0]
    files = {digest(path.read_bytes()): path.read_bytes() for path in PHOTOS.glob("*.jpg")}
    named = {question.get("reference_photo") for _, document in builtin() for section in document["sections"] for question in section["questions"]}
    assert named - {None} == files.keys() == kept().keys()
    assert {sha256: image for sha256, (image, _, _) in kept().items()} == files
    assert max(map(len, files.values())) <= 60_000
