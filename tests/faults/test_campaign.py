"""Phones send through a network that breaks to a server that is killed: nothing is lost, doubled or damaged.

One number says how long it runs: 1 in ``make test``, 67 in ``make soak``, which is 100,000 connections and 1,000 kills.
"""

import os
from collections.abc import Callable

import pytest

from tests.faults import campaign
from tests.faults.worlds import Place

CONNECTIONS, KILLS = 1_500, 15
SOAK = 67
SEED = int(os.environ.get("FIELDSCORE_SEED", "22"))
#: Ends a soak before its numbers are reached, which its figures say; without it a soak that is too slow has failed.
CURTAILED = "FIELDSCORE_SOAK_SECONDS" in os.environ
MOST_SECONDS = float(os.environ.get("FIELDSCORE_SOAK_SECONDS", "14400"))


@pytest.mark.timeout(MOST_SECONDS + 600)
@pytest.mark.parametrize("scale", [1, pytest.param(SOAK, marks=pytest.mark.soak)])
def test_nothing_is_lost_doubled_or_damaged(place: Place, scale: float, record_property: Callable[[str, object], None]) -> None:
    long = scale == SOAK
    if not place.database_url.startswith("sqlite"):
        scale /= 10  # the harness is the same; what differs is the database alone
    connections, kills = int(CONNECTIONS * scale), int(KILLS * scale)
    outcome = campaign.run(place, connections=connections, kills=kills, seed=SEED, most_seconds=MOST_SECONDS if long else 600)
    whole = outcome.connections >= connections and outcome.kills >= kills
    wanted = f"{connections} connections and {kills} kills wanted" + (f", ended early by FIELDSCORE_SOAK_SECONDS={MOST_SECONDS:.0f}" if long and not whole and CURTAILED else "")
    record_property("figures", f"{place.database_url.split(':')[0]}, seed {SEED}, {wanted}\n{outcome}")
    assert outcome.report.faults == []
    assert outcome.report.unfinished == 0 and outcome.settled < 60
    assert outcome.report.acknowledged > outcome.connections / 40
    assert outcome.report.recovered > 0 or scale < 1  # so few connections may be lucky
    assert whole or (long and CURTAILED), wanted
