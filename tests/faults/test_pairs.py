"""Every pair of what may befall phone, network, server and database: each in one case at least, nothing lost in any."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from allpairspy import AllPairs

from tests.faults.matrix import CLIENT, DATABASE, NETWORK, SERVER
from tests.faults.scene import Scene
from tests.faults.worlds import Place, make_place

CASES = [tuple(case) for case in AllPairs([list(CLIENT), list(NETWORK), list(SERVER), list(DATABASE)])]
MOST_SECONDS = float(os.environ.get("FIELDSCORE_SOAK_SECONDS", "14400"))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Place:
    home = tmp_path_factory.mktemp("model")
    return make_place(home, f"sqlite:///{home / 'fieldscore.db'}")


def play(model: Place, folder: Path, case: tuple[str, str, str, str], answers: tuple[str, ...] = ()) -> list[str]:
    """What was found wrong after a case; ``answers`` are some that phones must have met in it."""
    client, network, server, database = case
    folder.mkdir()
    plan = f"{SERVER[server][0]} {DATABASE[database][0]}".strip()
    scene = Scene(model, folder, "/".join(case))
    visits = 8 if answers else 2  # enough that some are still on their way when the trouble begins
    report = scene.play(CLIENT[client], NETWORK[network], plan, [DATABASE[database][1], SERVER[server][1]], visits=visits)
    conflicts = client == "two_phones"
    unseen = [f"nobody was answered {status}" for status in answers if not scene.ledger.requests[status]]
    return report.faults + unseen + ([] if report.unfinished == 0 or conflicts else [f"{report.unfinished} were never sent"])


def test_every_pair_stands_in_a_case() -> None:
    columns = [list(CLIENT), list(NETWORK), list(SERVER), list(DATABASE)]
    wanted = {(a, x, b, y) for a in range(4) for b in range(a + 1, 4) for x in columns[a] for y in columns[b]}
    assert wanted == {(a, case[a], b, case[b]) for case in CASES for a in range(4) for b in range(a + 1, 4)}


@pytest.mark.skipif(os.environ.get("FIELDSCORE_TEST_DATABASE", "sqlite") != "sqlite", reason="the matrix is played on files")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("case", "answers"), [
    (("two_phones", "twice_at_once", "killed at a point", "well"), ()),
    (("killed_after_the_photos", "answer_lost", "an older copy", "locked"), ()),
    (("signed_out", "passed", "429 for everyone", "well"), ("401", "429")),
], ids=lambda words: " × ".join(words))
def test_a_case_as_a_sample(model: Place, tmp_path: Path, case: tuple[str, str, str, str], answers: tuple[str, ...]) -> None:
    assert play(model, tmp_path / "case", case, answers) == []


def _told(model: Place, folder: Path, case: tuple[str, str, str, str]) -> list[str]:
    """What was wrong, also where the case itself broke off: the others are played all the same."""
    try:
        return play(model, folder, case)
    except Exception as error:
        return [repr(error)]


@pytest.mark.soak
@pytest.mark.timeout(MOST_SECONDS + 600)
def test_nothing_is_lost_whatever_two_things_come_together(model: Place, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    began, wrong, played = time.monotonic(), {}, 0
    for number, case in enumerate(CASES):
        if time.monotonic() - began > MOST_SECONDS:
            break
        found, played = _told(model, tmp_path / str(number), case), played + 1
        if found:
            wrong[case] = found
    record_property("figures", f"  {played} of {len(CASES)} cases that hold every pair, {len(wrong)} with something wrong, {time.monotonic() - began:.0f} s")
    assert wrong == {}
    assert played == len(CASES) or "FIELDSCORE_SOAK_SECONDS" in os.environ
