"""Phones, a server, a reviewer and bad luck in any order: afterwards everything is there once and as it was sent."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule, run_state_machine_as_test

from field import create_app
from field.faults import POINTS
from field.models import Visit as VisitRow
from field.operations import reviews
from tests.factories import actor
from tests.faults.checker import check
from tests.faults.lines import WIRE, Line
from tests.faults.phones import Ledger, Visit
from tests.faults.planted import PLANTS
from tests.faults.wire import in_process
from tests.faults.worlds import Place, make_place, some_photos

EXAMPLES, STEPS = 100, 40
#: A found story is told as it was found: making it shorter takes minutes.
_PHASES = (Phase.explicit, Phase.generate)
_FAILING = [point for point in POINTS if not point.endswith(".answered")]
_FAILURES = ("full", "dbfull", "busy", "lost", "broken")


class Machine(RuleBasedStateMachine):
    """Amira with two phones, and anna, who has no business with amira's visits. ``model`` is a place that nobody used yet."""

    visits = Bundle("visits")
    model: Place
    app: Flask

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fieldscore-"))
        home = Path(shutil.copytree(self.model.home, self.folder / "home"))
        environ = {**self.model.environ, "FIELDSCORE_HOME": str(home), "DATABASE_URL": f"sqlite:///{home / 'fieldscore.db'}"}
        self.place = replace(self.model, home=home, environ=environ)
        self.ledger, self.random, self.returned = Ledger(), Random(seed), set()
        self.line = Line(self.app, self.place, self.place.cookies["amira"])
        self.phone, self.other = (self.place.phone("amira", self.line.ask, self.ledger, self.random, pause=lambda _s: None) for _ in range(2))

    @rule(target=visits, photos=st.integers(0, 2))
    def finish(self, photos: int) -> Visit:
        return self.phone.finish(some_photos(self.random, photos, photos))

    @rule(target=visits, visit=visits)
    def finish_on_another_phone(self, visit: Visit) -> Visit:
        if visit.number > 1:
            return multiple()
        return self.other.finish([], visit=visit.id, finished={"at": f"2026-11-20T11:{self.random.randrange(60):02}:00Z", "offset_min": 60})

    @rule(visit=visits, befalls=st.sampled_from(WIRE))
    def send(self, visit: Visit, befalls: str) -> None:
        self.line.next = befalls
        self.phone.step(visit)

    @rule(visit=visits, point=st.sampled_from(POINTS))
    def send_and_the_server_dies(self, visit: Visit, point: str) -> None:
        self.line.dies_at = point
        self.phone.step(visit)

    @rule(visit=visits, point=st.sampled_from(_FAILING), what=st.sampled_from(_FAILURES))
    def send_and_something_below_fails(self, visit: Visit, point: str, what: str) -> None:
        self.line.fails = f"{point}={what}"
        self.phone.step(visit)

    @rule()
    def restart(self) -> None:
        self.line.restart()

    @rule(visit=visits)
    def the_phone_dies_before_it_has_kept_the_receipt(self, visit: Visit) -> None:
        """What was acknowledged stays acknowledged: the same bytes bring the same receipt."""
        self.line.calm()
        held, visit.receipt = visit.receipt, None
        visit.stored.clear()
        self.phone.step(visit)
        assert held is None or visit.receipt == held

    @rule(visit=visits)
    def somebody_else_tries(self, visit: Visit) -> None:
        if visit.receipt:
            stranger = self.place.phone("anna", in_process(self.line.app, self.place.cookies["anna"]), Ledger(), self.random)
            assert not stranger.step(stranger.finish(some_photos(self.random, 1), visit=visit.id))
            assert stranger.ledger.requests["403"] == stranger.ledger.requests["sent"]

    @rule(target=visits, visit=visits)
    def the_reviewer_returns_it(self, visit: Visit) -> Visit:
        if not visit.receipt or visit.number > 1 or visit.id in self.returned:
            return multiple()
        self.returned.add(visit.id)
        with self.line.app.extensions["database"].write() as session:
            chen, row = actor(session, self.place.world.people["chen"]), session.get(VisitRow, visit.id)
            reviews.open_review(session, chen, row)
            reviews.return_visit(session, chen, row, reasons=[reviews.Reason(None, "Look again.")])
        photos = some_photos(self.random, 1)
        return self.phone.finish(photos, visit=visit.id, number=2, base_receipt=json.loads(visit.receipt)["receipt"])

    @invariant()
    def nothing_that_was_promised_is_missing(self) -> None:
        if hasattr(self, "ledger"):
            assert self.ledger.broken_promises == []

    def teardown(self) -> None:
        if not hasattr(self, "line"):
            return
        self.line.calm()
        for visit in self.ledger.visits:
            assert self.phone.deliver(visit, most=8) or visit.conflict, visit
        report = check(self.ledger, self.place.database_url, self.place.photos, self.place.keys)
        shutil.rmtree(self.folder)
        assert report.faults == []


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Place:
    home = tmp_path_factory.mktemp("model")
    return make_place(home, f"sqlite:///{home / 'fieldscore.db'}")


@pytest.fixture
def play(model: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Plays so many stories of forty steps against one application, each on a disk of its own."""
    if os.environ.get("FIELDSCORE_TEST_DATABASE", "sqlite") != "sqlite":
        pytest.skip("what is tried here happens above the database; the campaign runs on this one")
    app = create_app(model.environ)
    monkeypatch.setattr(Machine, "model", model, raising=False)
    monkeypatch.setattr(Machine, "app", app, raising=False)
    yield lambda examples: run_state_machine_as_test(Machine, settings=settings(
        phases=_PHASES, max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None, suppress_health_check=list(HealthCheck)))
    app.extensions["decoder"].close()
    app.extensions["database"].dispose()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(20 * EXAMPLES, marks=pytest.mark.soak)])
def test_whatever_happens_in_whatever_order_all_is_there_once(play: Callable[[int], None], examples: int) -> None:
    play(examples)


def test_a_planted_bug_is_found_in_some_story(play: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS["no_deduplication"](monkeypatch.setattr)
    with pytest.raises(AssertionError):
        play(EXAMPLES)
