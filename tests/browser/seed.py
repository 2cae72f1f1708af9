"""A store to begin with: the built-in questionnaires, the people and places of the tests, and visits planned for amira."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from field import clock
from field.access import SYSTEM
from field.models import Person, QuestionnaireVersion, Site
from field.operations.assignments import add_assignment
from tests.browser.server import opened, run_command, settings
from tests.factories import World, build_world

BRIEF = "Buy one small item.\nAsk when the shop closes on Sunday."


@dataclass(frozen=True)
class Seed:
    """``visits`` gives the id of the visit planned at a site."""

    home: Path
    world: World
    visits: dict[str, str]

    def copied(self, home: Path) -> Path:
        return shutil.copytree(self.home, home)


def make_seed(home: Path, database: str | None = None) -> Seed:
    """Store standards planned at mill, the small questionnaire at quay, Quick check at canal."""
    environment = settings(home, database=database)
    run_command(environment, "init")
    with opened(environment) as app, app.extensions["database"].write() as session:
        world = build_world(session)
        plan = {"mill": "store-standards", "quay": "small", "canal": "quick-check"}
        return Seed(home, world, {code: _planned(session, world, code, slug) for code, slug in plan.items()})


def speak(environment: Mapping[str, str], language: str, *people: str) -> None:
    """Makes it the language of these people, by their ids."""
    with opened(environment) as app, app.extensions["database"].write() as session:
        for person in people:
            session.get(Person, person).language = language


def _planned(session: Session, world: World, code: str, slug: str) -> str:
    version = session.query(QuestionnaireVersion).filter_by(slug=slug).order_by(QuestionnaireVersion.version.desc()).first()
    now = clock.now()
    return add_assignment(session, SYSTEM, session.get(Person, world.people["amira"]), site=session.get(Site, world.sites[code]), version=version,
                          starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=2), brief=BRIEF).visit_id
