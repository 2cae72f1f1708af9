"""Nothing is acknowledged before the disk has it: photo, its name, its row, the revision, the receipt."""

from collections.abc import Callable
from random import Random

import pytest

from tests.faults.killer import Server
from tests.faults.phones import Ledger
from tests.faults.tracing import early_answers, steps, traced
from tests.faults.worlds import Place, some_photos

BareServer = Callable[[str], Server]


@pytest.fixture(autouse=True)
def _only_where_files_are_ours(place: Place) -> None:
    if not place.database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL syncs in a process of its own; that it does is asserted at every connection")


def answers_under_strace(place: Place, server: Server, visits: int) -> tuple[int, list[str]]:
    """How many 201 were said, and which of them too early."""
    random, trace = Random(5), place.home / "trace"
    phone = place.tcp_phone("amira", server.port, Ledger(), random, timeout=20)
    with traced(server.pids, trace):
        for _ in range(visits):
            assert phone.deliver(phone.finish(some_photos(random)), most=1)
    return early_answers(list(steps(trace)))


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("visits", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_no_answer_leaves_before_the_disk_has_what_it_says(place: Place, bare_server: BareServer, visits: int) -> None:
    answers, early = answers_under_strace(place, bare_server(""), visits)
    assert early == []
    assert answers >= 2 * visits


@pytest.mark.usefixtures("strace")
def test_a_missing_fsync_is_caught(place: Place, bare_server: BareServer) -> None:
    answers, early = answers_under_strace(place, bare_server("no_fsync"), 3)
    assert {fault.split(": ")[0] for fault in early} == {f"answer {number}" for number in range(1, answers + 1)}
    assert {fault.split(": ")[1] for fault in early} >= {"the photo's bytes are not synced", "the photo's folder is not synced"}
