"""Photos that no row names go in the end; what a row names never does, whenever the row comes."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest

from field import clock
from field.jobs.tasks.sweep import sweep_store
from field.jobs.work import Work
from tests.jobs.making import receive_photo
from tests.photos.making import jpeg

NAMED, STRAY = jpeg(), jpeg(size=(80, 60))
SHA = hashlib.sha256(STRAY).hexdigest()


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch, work: Work) -> Callable[[int], None]:
    """Lets hours go by, with a sweep in each."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def pass_by(count: int) -> None:
        for _ in range(count):
            now[0] += timedelta(hours=1)
            sweep_store(work)
    return pass_by


def test_a_photo_that_no_row_names_is_set_aside_after_a_day_and_removed_after_a_month(work: Work, hours: Callable[[int], None]) -> None:
    named = receive_photo(work, NAMED)
    work.store.put(SHA, STRAY)
    hours(23)
    assert work.store.exists(SHA) and not [*work.store.aside()]
    hours(25)
    assert not work.store.exists(SHA) and [*work.store.aside()] == [SHA]
    hours(29 * 24)
    assert [*work.store.aside()] == [SHA]
    hours(2 * 24)
    assert [*work.store.aside()] == [] and [*work.store.names()] == [named] and work.store.get(named) == NAMED


def test_a_photo_comes_back_when_a_row_names_it(work: Work, hours: Callable[[int], None]) -> None:
    work.store.put(SHA, STRAY)
    hours(48)
    receive_photo(work, STRAY)
    work.store.delete(SHA)
    work.store.put(SHA, STRAY)
    work.store.set_aside(SHA)
    hours(1)
    assert work.store.get(SHA) == STRAY and [*work.store.aside()] == []


def test_a_row_that_is_written_while_its_photo_is_set_aside_keeps_it(work: Work, hours: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    work.store.put(SHA, STRAY)
    hours(20)
    set_aside = work.store.set_aside
    monkeypatch.setattr(work.store, "set_aside", lambda sha256: (receive_photo(work, STRAY), set_aside(sha256)))
    hours(48)
    assert work.store.get(SHA) == STRAY and [*work.store.aside()] == []
