"""The photo store in a bucket promises what the folder promises."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from field import clock, create_app
from field.config import BadSettings
from field.errors import Problem
from field.photos.decoder import Decoder
from field.photos.derivatives import ensure_derivative
from field.photos.store import NotStored, PhotoStore, open_store
from tests.photos.aside import goes_aside_and_comes_back
from tests.photos.bucket_server import Bucket, bucket_server
from tests.photos.making import jpeg

DATA = jpeg()
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "something")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with bucket_server() as served:
        yield served


@pytest.fixture
def store(bucket: Bucket) -> PhotoStore:
    return open_store(f"s3://photos/some/where?endpoint={bucket.address}")


def test_what_is_put_can_be_got(store: PhotoStore, bucket: Bucket) -> None:
    store.put(SHA, DATA)
    assert store.exists(SHA) and store.get(SHA) == DATA and store.open(SHA).read() == DATA
    assert list(bucket.objects) == [f"some/where/original/{SHA[:2]}/{SHA}"]
    assert bucket.checked == 1


def test_an_original_and_its_derivatives_stand_apart_and_go_together(store: PhotoStore, bucket: Bucket) -> None:
    store.put(SHA, DATA)
    store.put(SHA, b"small", 400)
    assert store.get(SHA, 400) == b"small" and not store.exists(SHA, 1600)
    store.delete(SHA)
    store.delete(SHA)
    assert bucket.objects == {}


def test_what_is_not_there_is_said_so(store: PhotoStore) -> None:
    for look in (store.get, store.open):
        with pytest.raises(NotStored):
            look(SHA)
    assert not store.exists(SHA)


def test_bytes_that_are_not_what_the_name_says_are_not_kept(store: PhotoStore, bucket: Bucket) -> None:
    with pytest.raises(Problem, match="store.busy"):
        store.put(SHA, DATA[:-1])
    assert bucket.objects == {}


def test_all_originals_are_listed_page_by_page_in_order(store: PhotoStore) -> None:
    names = sorted(hashlib.sha256(bytes([number])).hexdigest() for number in range(10))
    for number in range(10):
        store.put(hashlib.sha256(bytes([number])).hexdigest(), bytes([number]))
    store.put(SHA, b"small", 400)
    assert list(store.names()) == names


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64])
def test_only_a_digest_is_a_name(store: PhotoStore, name: str) -> None:
    with pytest.raises(ValueError, match="digest|hex"):
        store.put(name, DATA)


@pytest.mark.parametrize(("fault", "code"), [
    ((503, "SlowDown"), "store.busy"), ((500, "InternalError"), "store.busy"), ((403, "AccessDenied"), "store.busy"),
    ((404, "NoSuchBucket"), "store.busy"), ((403, "QuotaExceeded"), "store.full"), ((507, "InsufficientStorage"), "store.full"),
])
def test_a_bucket_that_refuses_is_a_problem_to_be_tried_again(store: PhotoStore, bucket: Bucket, fault: tuple[int, str], code: str) -> None:
    bucket.fails = fault
    for act in (lambda: store.put(SHA, DATA), lambda: store.get(SHA), lambda: list(store.names())):
        with pytest.raises(Problem, match=code):
            act()


def test_a_bucket_that_is_away_is_a_problem_to_be_tried_again() -> None:
    with pytest.raises(Problem, match="store.busy"):
        open_store("s3://photos?endpoint=http://127.0.0.1:1").put(SHA, DATA)


def test_a_page_gets_a_derivative_before_the_job_has_run(store: PhotoStore) -> None:
    store.put(SHA, DATA)
    with Decoder() as decoder:
        first = ensure_derivative(store, SHA, 400, decoder)
    assert store.exists(SHA, 1600)
    assert ensure_derivative(store, SHA, 400, Decoder(cpu_seconds=0)) == first


def test_a_phone_sends_to_the_bucket_and_waits_while_it_is_away(app, amira: FlaskClient, store: PhotoStore, bucket: Bucket) -> None:
    app.extensions["photo_store"] = store
    address = f"/api/v1/visits/0b7c5d0e-4a51-4c53-9d8b-0d1b2f3a4c5d/photos/{SHA}"
    bucket.fails = (503, "SlowDown")
    refused = amira.put(address, data=DATA)
    assert (refused.status_code, refused.json["code"], refused.headers["Retry-After"]) == (503, "store.busy", "5")
    bucket.fails = None
    assert amira.put(address, data=DATA).status_code == 201
    assert amira.get(address).status_code == 200


def test_ready_means_that_the_bucket_answers(app, store: PhotoStore, bucket: Bucket) -> None:
    app.extensions["photo_store"] = store
    assert app.test_client().get("/readyz").status_code == 200
    bucket.fails = (403, "AccessDenied")
    assert app.test_client().get("/readyz").json["photos"] is False


@pytest.mark.parametrize("url", [
    "s3:///prefix", "s3://photos?endpoint=ftp://x", "s3://photos?endpoint=nowhere", "s3://photos?acl=public", "s3://photos#part", "file:",
    "file:/proc/nothing/here",
])
def test_a_bad_setting_is_said_at_start_in_words(tmp_path, url: str) -> None:
    with pytest.raises(BadSettings, match="^PHOTO_STORE (must|names)"):
        create_app({"FIELDSCORE_HOME": str(tmp_path), "PHOTO_STORE": url})


def test_missing_credentials_are_said_at_start(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(BadSettings, match="AWS_ACCESS_KEY_ID"):
        create_app({"FIELDSCORE_HOME": str(tmp_path), "PHOTO_STORE": "s3://photos"})


def test_what_is_set_aside_is_no_original_until_it_is_put_back(store: PhotoStore, bucket: Bucket) -> None:
    goes_aside_and_comes_back(store, SHA, DATA)
    assert list(bucket.objects) == [f"some/where/original/{SHA[:2]}/{SHA}"]


def test_originals_of_one_shard_and_before_a_moment_are_listed(store: PhotoStore) -> None:
    store.put(SHA, DATA)
    before, after = clock.now() - timedelta(minutes=1), clock.now() + timedelta(minutes=1)
    assert [list(store.names(SHA[:2], moment)) for moment in (before, after)] == [[], [SHA]]
    assert list(store.names(f"{int(SHA[:2], 16) ^ 1:02x}")) == []
