"""The decoder's process may die of a photo; nobody else does."""

import os
import random
import signal
from pathlib import Path
from threading import Thread

import pytest

from field.photos.decoder import Decoder
from field.photos.derive import Derived, Unreadable
from tests.photos.making import jpeg, picture, png, saved, with_scans

PHOTO = jpeg()
SEEDS = (PHOTO, jpeg(progressive=True), saved(picture("P"), "PNG"), saved(picture("RGBA"), "WEBP"))


@pytest.fixture
def decoder():
    with Decoder() as decoder:
        yield decoder


def _children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def test_a_photo_comes_back_in_every_size(decoder: Decoder) -> None:
    large, small = decoder.derive(jpeg(size=(2000, 1000)))
    assert (large.width, large.height, small.width, small.height) == (1600, 800, 400, 200)


def test_a_process_that_died_is_replaced_without_a_word(decoder: Decoder) -> None:
    before = decoder.derive(PHOTO)
    (child,) = _children()
    os.kill(child, signal.SIGKILL)
    assert decoder.derive(PHOTO) == before
    assert _children() != {child}


def test_a_photo_that_takes_too_much_processor_time_is_unreadable() -> None:
    with Decoder(cpu_seconds=0.005) as decoder, pytest.raises(Unreadable, match="time"):
        decoder.derive(with_scans(64))


def test_a_photo_that_never_ends_is_unreadable() -> None:
    with Decoder(wall_seconds=0.01) as decoder, pytest.raises(Unreadable, match="crash"):
        decoder.derive(with_scans(64))


def test_a_photo_that_needs_too_much_memory_is_unreadable() -> None:
    data = png(7000, 7000, colour=2, rows=bytes(7000 * 21_001))
    with Decoder(megabytes=200) as decoder:
        with pytest.raises(Unreadable, match="memory"):
            decoder.derive(data)
        assert len(decoder.derive(PHOTO)) == 2


def test_the_process_knows_none_of_our_secrets(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    decoder.derive(PHOTO)
    (child,) = _children()
    assert b"secret" not in Path(f"/proc/{child}/environ").read_bytes()


def test_the_process_ends_with_the_decoder() -> None:
    before = _children()
    with Decoder() as decoder:
        decoder.derive(PHOTO)
        assert len(_children() - before) == 1
    assert _children() == before


def test_threads_share_one_process(decoder: Decoder) -> None:
    answers: list[list[Derived]] = []
    threads = [Thread(target=lambda: answers.append(decoder.derive(PHOTO))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8 and all(answer == answers[0] for answer in answers)
    assert len(_children()) == 1


def test_mutated_photos_never_kill_the_process(decoder: Decoder) -> None:
    chance = random.Random(20261122)
    decoder.derive(PHOTO)
    child = _children()
    for _ in range(400):
        mutated = bytearray(chance.choice(SEEDS))
        for _ in range(chance.randint(1, 10)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        try:
            decoder.derive(bytes(mutated[:chance.randint(1, len(mutated))]))
        except Unreadable as unreadable:
            assert unreadable.reason in ("damaged", "memory")
    assert _children() == child
