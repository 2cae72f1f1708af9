"""Reference photos on pages and on their way to phones."""

import hashlib
import io
from typing import Any

import pytest

from field.models import QuestionnaireVersion, ReferencePhoto
from tests.factories import dumps, photo, photo_entry, questionnaire, revision
from tests.web.pages import send, text, token


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


TIDY = photo(7, (640, 480))
SHA256 = digest(TIDY)
DAMAGED, STRAY, NONE = TIDY[:-2000] + bytes(1000), photo(9), b"no photo"


def naming(*digests: str) -> dict[str, Any]:
    document = questionnaire("shown", version=1)
    for question, digest in zip(document["sections"][0]["questions"], digests, strict=False):
        question["reference_photo"] = digest
    return document


def publish(client, document, *photos: bytes):
    """What the page answers to a document with photos."""
    form = {"csrf_token": token(client, "/questionnaires/new"), "document": (io.BytesIO(dumps(document)), "shown.json"),
            "photos": [(io.BytesIO(data), f"{number}.jpg") for number, data in enumerate(photos)]}
    return client.post("/questionnaires", data=form, content_type="multipart/form-data")


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def test_a_version_shows_how_it_should_look(eva, sign_in):
    answer = publish(eva, naming(SHA256), TIDY)
    assert answer.status_code == 303
    page = sign_in("ben").get(answer.location)
    address = f"/questionnaires/shown/1/photos/{SHA256}"
    assert f'src="{address}"' in text(page) and "As it should look: Floors are swept every two hours." in text(page)
    assert "not here yet" not in text(page)
    shown = sign_in("ben").get(address)
    assert (shown.status_code, shown.mimetype, shown.data[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Cache-Control"] == "private, max-age=86400"
    assert sign_in("ben").get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304


def test_photos_may_come_later_with_the_same_file(eva, sign_in):
    other = photo(8)
    document = naming(SHA256, digest(other))
    page = text(eva.get(publish(eva, document, TIDY).location))
    assert "is published. 1 photo was added. 1 reference photo is missing." in page
    assert "1 reference photo is not here yet" in page and digest(other) in page
    assert "/questionnaires/new" in page and "/questionnaires/new" not in text(sign_in("ben").get("/questionnaires/shown/1"))
    whole = text(eva.get(publish(eva, document, other, TIDY).location))
    assert "is published. 1 photo was added.</" in whole and "not here yet" not in whole
    assert "is published.</" in text(eva.get(publish(eva, document).location))


def test_a_photo_that_two_questions_name_is_missing_once(eva):
    page = text(eva.get(publish(eva, naming(SHA256, SHA256)).location))
    assert "1 reference photo is missing." in page and "1 reference photo is not here yet" in page


def test_a_photo_for_a_published_version_needs_the_next_one(eva):
    publish(eva, naming(SHA256), TIDY)
    assert "a version that is published already needs the next number" in text(publish(eva, naming(SHA256), STRAY))


@pytest.mark.parametrize("given, named, status, said", [
    (NONE, NONE, 422, "0.jpg: choose a JPEG, PNG, WebP or HEIC photo of at least 64 px a side."),
    (DAMAGED, DAMAGED, 422, "0.jpg: the picture is damaged."), (STRAY, TIDY, 422, f"0.jpg: {digest(STRAY)}")])
def test_what_cannot_be_shown_is_refused_in_words_and_nothing_is_published(eva, database, given, named, status, said):
    answer = publish(eva, naming(digest(named)), given)
    assert answer.status_code == status and said in text(answer)
    assert "Check and publish" in text(answer), "the page to publish on"
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="shown").count() == session.query(ReferencePhoto).count() == 0


def test_every_file_that_cannot_be_used_is_told_once_where_files_are_chosen(eva):
    answer = publish(eva, naming(SHA256), NONE, TIDY, photo(1, (40, 30)), DAMAGED)
    page = text(answer)
    wrong = page.split('id="photos-wrong">', 1)[1].split("</p>", 1)[0]
    assert [line.split(":")[0] for line in wrong.split('<span class="mistake">')[1:]] == ["0.jpg", "2.jpg", "3.jpg"]
    assert page.count("0.jpg") == 1 and "/photos/" not in page and "Take" not in page


def test_more_than_the_page_takes_is_told_in_megabytes_with_the_way_back(eva):
    page = text(eva.post("/questionnaires", data=bytes(9_000_000), content_type="multipart/form-data; boundary=b"))
    assert "At most 8 MB can be sent at once." in page and "in several goes" in page
    assert '<a href="/questionnaires/new">Back to publishing</a>' in page


def test_a_phone_fetches_the_photo_of_a_version(eva, amira):
    publish(eva, naming(SHA256), TIDY)
    answer = amira.get(f"/api/v1/questionnaires/shown/1/photos/{SHA256}")
    assert (answer.status_code, answer.mimetype, answer.data[:2]) == (200, "image/jpeg", b"\xff\xd8")
    for nowhere in (f"shown/1/photos/{'0' * 64}", f"shown/2/photos/{SHA256}", f"small/1/photos/{SHA256}"):
        assert amira.get(f"/api/v1/questionnaires/{nowhere}").status_code == 404


def test_a_reviewer_sees_it_beside_the_evidence(eva, sign_in, amira, world):
    publish(eva, naming(SHA256), TIDY)
    document, evidence = dumps(naming(SHA256)), photo(3)
    pinned = {"slug": "shown", "version": 1, "sha256": digest(document)}
    visit = send(amira, revision(world, questionnaire=pinned, photos=[photo_entry(evidence)]), [evidence])
    chen = sign_in("chen")
    chen.post(f"/visits/{visit}/review", data={"csrf_token": token(chen, f"/visits/{visit}")})
    page = text(chen.get(f"/visits/{visit}/review"))
    assert page.index(f"/visits/{visit}/photos/") < page.index("As it should look</p>") < page.index(f"/questionnaires/shown/1/photos/{SHA256}")


def test_a_reviewer_sees_how_it_should_look_where_no_photo_was_taken(eva, sign_in, amira, world):
    published = naming(SHA256)
    published["sections"][0]["questions"][0]["standard"] = {"en": "Swept every hour."}
    publish(eva, published, TIDY)
    pinned = {"slug": "shown", "version": 1, "sha256": digest(dumps(published))}
    visit = send(amira, revision(world, questionnaire=pinned))
    chen = sign_in("chen")
    chen.post(f"/visits/{visit}/review", data={"csrf_token": token(chen, f"/visits/{visit}")})
    page = text(chen.get(f"/visits/{visit}/review"))
    assert "Standard: Swept every hour." in page and f'src="/questionnaires/shown/1/photos/{SHA256}"' in page
