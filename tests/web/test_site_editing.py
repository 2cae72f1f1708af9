"""Sites are added and changed by administrators."""

import pytest

from field.models import Site
from tests.web.pages import text, token

SITE = {"name": "Harbour Quay", "code": "harbour-quay", "region": "north", "address": "1 Quay", "lat": "47.5", "lon": "19.04",
        "time_zone": "Europe/Budapest", "language": "hu", "active": "y"}


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def test_a_site_is_added(eva, world, database):
    assert eva.post("/sites", data={**SITE, "csrf_token": token(eva, "/sites/new")}).status_code == 303
    with database.read() as session:
        site = session.query(Site).filter_by(code="harbour-quay").one()
        assert (site.lat, site.lon, site.language, site.region_id) == (47.5, 19.04, "hu", world.regions["north"])


def test_half_a_place_and_an_unknown_zone_are_said_at_their_inputs(eva):
    answer = eva.post("/sites", data={**SITE, "csrf_token": token(eva, "/sites/new"), "lon": "", "time_zone": "Mars/Base"})
    page = text(answer)
    assert answer.status_code == 422
    assert 'id="lat-wrong"' in page
    assert 'id="time_zone-wrong"' in page
    assert "Mars/Base" in page


def test_a_site_is_changed_and_keeps_its_code(eva, world, database):
    address = "/sites/mill/edit"
    form = {**SITE, "csrf_token": token(eva, address), "code": "other-code", "active": ""}
    form.pop("active")
    assert eva.post(address, data=form).status_code == 303
    with database.read() as session:
        site = session.get(Site, world.sites["mill"])
        assert (site.code, site.name, site.active) == ("mill", "Harbour Quay", False)


@pytest.mark.parametrize("name", ["ben", "dora"])
def test_managers_and_staff_change_no_site(sign_in, name):
    assert sign_in(name).get("/sites/mill/edit").status_code == 403
