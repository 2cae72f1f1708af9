"""The header decides what is taken in."""

import io
import os
import time
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field.errors import Problem
from field.photos.inspect import Header, look
from tests.photos.corpus import HEIC, Case, corpus
from tests.photos.making import jpeg, picture, png, saved

REAL = Path(os.environ.get("FIELDSCORE_SAMPLE_PHOTOS", Path(__file__).parents[3] / "shared" / "data" / "photos"))
SEEDS = (HEIC, jpeg(), jpeg(progressive=True), saved(picture(), "PNG"), saved(picture("P"), "PNG", transparency=0),
         saved(picture(), "WEBP"), saved(picture("RGBA"), "WEBP", lossless=True))


def _status(data: bytes) -> int:
    try:
        look(data)
    except Problem as problem:
        return problem.status
    return 200


@pytest.mark.parametrize("case", corpus(), ids=lambda case: case.name)
def test_the_header_decides_what_is_taken_in(case: Case) -> None:
    assert _status(case.data) == case.expect_status


@pytest.mark.parametrize("case", [c for c in corpus() if c.expect_status != 200], ids=lambda case: case.name)
def test_a_refused_photo_is_refused_at_once(case: Case) -> None:
    started = time.thread_time()
    _status(case.data)
    assert time.thread_time() - started < 0.05


def test_the_sides_are_those_that_the_picture_has() -> None:
    for mode, kind in (("RGB", "JPEG"), ("L", "JPEG"), ("RGB", "PNG"), ("RGB", "WEBP"), ("RGBA", "WEBP")):
        data = saved(picture(mode, (321, 123)), kind)
        assert look(data) == Header(kind.lower(), 321, 123)
    assert look(saved(picture("RGBA", (321, 123)), "WEBP", lossless=True)) == Header("webp", 321, 123)


def test_an_mpo_is_a_jpeg_with_one_frame() -> None:
    data = saved(picture(), "MPO", save_all=True, append_images=[picture()])
    assert look(data) == Header("jpeg", 160, 120)


def test_a_file_is_read_no_further_than_the_limit() -> None:
    file = io.BytesIO(jpeg().ljust(30_000_000, b"\0"))
    with pytest.raises(Problem, match="photo.too_large"):
        look(file)
    assert file.tell() == 20_000_001


def test_segments_without_end_do_not_keep_the_server_busy() -> None:
    data = b"\xff\xd8" + b"\xff\xe0\x00\x02" * 4_900_000
    started = time.thread_time()
    assert _status(data) == 415
    assert time.thread_time() - started < 0.05


def test_an_ordinary_photo_takes_less_than_a_millisecond() -> None:
    data = jpeg().replace(b"\xff\xd9", b"\xff\xd9".rjust(200_000, b"\x55"))
    times = []
    for _ in range(21):
        started = time.thread_time()
        assert look(data).kind == "jpeg"
        times.append(time.thread_time() - started)
    assert median(times) < 0.001


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_mutated_photos_raise_nothing_but_problems(seed: bytes, data: st.DataObject) -> None:
    mutated = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 8))):
        mutated[data.draw(st.integers(0, min(len(mutated), 700) - 1))] = data.draw(st.integers(0, 255))
    assert _status(bytes(mutated[:data.draw(st.integers(0, len(mutated)))])) in (200, 413, 415)


@given(st.binary(max_size=300))
def test_noise_behind_any_signature_raises_nothing_but_problems(noise: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8X", png(64, 64)[:40], HEIC[:60]):
        assert _status(start + noise) in (200, 413, 415)


@pytest.mark.skipif(not REAL.is_dir(), reason="the sample photos are not on this machine")
def test_real_photos_are_taken_in() -> None:
    refused = {path.name for path in REAL.iterdir() if _status(path.read_bytes()) != 200}
    assert refused == set()
