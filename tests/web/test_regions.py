"""Regions: the tree is shown, added to, renamed and moved."""

import pytest

from field.models import Region
from field.models.region import select_path
from tests.web.pages import text, token


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def test_the_tree_names_every_region_once(eva):
    page = text(eva.get("/regions"))
    assert [page.count(f'href="/regions/{code}"') for code in ("acme", "north", "south", "other", "far")] == [1] * 5


def test_a_region_is_added_below_another(eva, database):
    form = {"csrf_token": token(eva, "/regions/new"), "name": "West", "code": "west", "parent": "acme"}
    assert eva.post("/regions", data=form).status_code == 303
    with database.read() as session:
        west = session.query(Region).filter_by(code="west").one()
        assert [region.code for region in session.scalars(select_path(west.id))] == ["acme", "west"]


def test_a_code_of_the_wrong_shape_stands_at_its_input(eva):
    form = {"csrf_token": token(eva, "/regions/new"), "name": "West", "code": "West Side", "parent": ""}
    answer = eva.post("/regions", data=form)
    assert answer.status_code == 422
    assert 'id="code-wrong"' in text(answer)
    assert 'value="West Side"' in text(answer)


def test_a_region_cannot_stand_below_itself(eva, world, database):
    form = {"csrf_token": token(eva, "/regions/acme"), "name": "Acme", "parent": "north"}
    assert eva.post("/regions/acme", data=form).status_code == 409
    with database.read() as session:
        assert session.get(Region, world.regions["acme"]).parent_id is None


def test_a_region_is_renamed_and_moved(eva, world, database):
    form = {"csrf_token": token(eva, "/regions/north"), "name": "The North", "parent": "other"}
    assert eva.post("/regions/north", data=form).status_code == 303
    with database.read() as session:
        north = session.get(Region, world.regions["north"])
        assert (north.name, north.top_id) == ("The North", world.regions["other"])


def test_an_unknown_region_is_not_there(eva):
    assert eva.get("/regions/nowhere").status_code == 404
