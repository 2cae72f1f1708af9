"""The bucket store against a real S3 server, Ceph's gateway (Debian: ceph-mon ceph-osd radosgw ceph-common)."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import boto3
import pytest
from botocore.config import Config

from field import clock
from field.errors import Problem
from field.photos.store import NotStored, PhotoStore, open_store
from tests.photos.ceph import KEY, SECRET, gateway, is_installed

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600), pytest.mark.skipif(not is_installed(), reason="Ceph is not installed")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhotoStore]:
    with pytest.MonkeyPatch.context() as patch, gateway(tmp_path_factory.mktemp("ceph")) as address:
        patch.setenv("AWS_ACCESS_KEY_ID", KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        boto3.client("s3", endpoint_url=address, region_name="us-east-1", config=Config(s3={"addressing_style": "path"})).create_bucket(Bucket="photos")
        yield open_store(f"s3://photos/some/where?endpoint={address}")


def _photos(count: int, seed: int) -> dict[str, bytes]:
    random = Random(seed)
    made = (random.randbytes(random.randrange(1_000, 300_000)) for _ in range(count))
    return {hashlib.sha256(data).hexdigest(): data for data in made}


def test_what_is_put_by_many_at_once_can_be_got_and_is_listed_in_order(store: PhotoStore) -> None:
    photos = _photos(1_200, 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: store.put(*each), photos.items()))
        assert all(pool.map(lambda each: store.get(each[0]) == each[1], photos.items()))
    assert list(store.names()) == sorted(photos)


def test_bytes_that_are_damaged_on_their_way_are_not_kept(store: PhotoStore) -> None:
    sha256, data = next(iter(_photos(1, 2).items()))

    def damage(request, **_context: object) -> None:
        request.body = b"x" + data[1:]
    events = store._s3.meta.events
    events.register("before-send.s3.PutObject", damage)
    try:
        with pytest.raises(Problem, match="store.busy"):
            store.put(sha256, data)
    finally:
        events.unregister("before-send.s3.PutObject", damage)
    assert not store.exists(sha256)
    store.put(sha256, data)
    assert store.get(sha256) == data


def test_an_original_and_its_derivatives_stand_apart_and_go_together(store: PhotoStore) -> None:
    sha256, data = next(iter(_photos(1, 3).items()))
    store.put(sha256, data)
    store.put(sha256, b"small", 400)
    assert store.get(sha256, 400) == b"small" and not store.exists(sha256, 1600)
    store.delete(sha256)
    for size in (None, 400):
        with pytest.raises(NotStored):
            store.get(sha256, size)


def test_the_largest_photo_fits(store: PhotoStore) -> None:
    data = Random(4).randbytes(20_000_000)
    store.put(hashlib.sha256(data).hexdigest(), data)
    assert store.get(hashlib.sha256(data).hexdigest()) == data


def test_what_is_set_aside_comes_back_with_its_bytes(store: PhotoStore) -> None:
    sha256, data = next(iter(_photos(1, 5).items()))
    store.put(sha256, data)
    store.set_aside(sha256)
    assert list(store.aside()) == [sha256] and not store.exists(sha256)
    assert list(store.aside(clock.now() - timedelta(minutes=5))) == []
    store.put_back(sha256)
    assert store.get(sha256) == data and list(store.aside()) == []
    assert sha256 in store.names(sha256[:2], clock.now() + timedelta(minutes=5))
