"""People: added, changed and switched off by an administrator; a mistake shows at its input and nothing typed is lost."""

import pytest
from sqlalchemy import select

from field.access import SYSTEM, Grant, Role
from field.errors import Problem
from field.models import Person
from field.models.person import select_devices, select_person
from field.operations.people import add_person
from tests.factories import PASSWORD
from tests.web.pages import token


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def person_form(client, **values):
    return {"csrf_token": token(client, "/people/new"), "name": "Fay", "email": "fay@example.org", "password": "a sentence of hers",
            "language": "en", "roles-0-role": "manager", "roles-0-region": "north", "roles-0-site": "", **values}


def test_an_administrator_adds_a_person_with_a_role_in_a_region(eva, world, database):
    answer = eva.post("/people", data=person_form(eva))
    assert answer.status_code == 303
    with database.read() as session:
        fay = session.scalar(select_person("fay@example.org"))
        assert [(g.role, g.region_id) for g in fay.grants] == [(Role.MANAGER, world.regions["north"])]
    assert "Fay is added." in eva.get("/people").get_data(as_text=True)


def test_a_mistake_stands_at_its_input_and_what_was_typed_stays(eva):
    answer = eva.post("/people", data=person_form(eva, password="short", **{"roles-0-role": ""}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "A password has at least 8 characters." in page
    assert "Give at least one role." in page
    assert 'value="fay@example.org"' in page
    assert 'aria-describedby="password-hint password-wrong"' in page


def test_an_address_that_is_taken_is_refused_with_the_page(eva):
    answer = eva.post("/people", data=person_form(eva, email="amira@example.org"))
    assert answer.status_code == 409
    assert "There is a person with this address" in answer.get_data(as_text=True)


def test_an_unknown_site_is_a_mistake_at_its_own_row(eva):
    answer = eva.post("/people", data=person_form(eva, **{"roles-0-role": "staff", "roles-0-site": "nowhere"}))
    assert answer.status_code == 422
    assert "There is no site with this code." in answer.get_data(as_text=True)


def test_switched_off_a_person_is_signed_out_everywhere(eva, sign_in, world, database):
    amira = sign_in("amira")
    address = f"/people/{world.people['amira']}"
    form = {"csrf_token": token(eva, address), "name": "Amira", "language": "en", "roles-0-role": "inspector", "roles-0-region": "acme"}
    assert eva.post(address, data=form).status_code == 303
    with database.read() as session:
        assert session.get(Person, world.people["amira"]).disabled_at is not None
        assert session.scalars(select_devices(world.people["amira"])).all() == []
    assert amira.get("/devices").status_code == 401


def test_the_last_administrator_stays(eva, world, database):
    address = f"/people/{world.people['eva']}"
    form = {"csrf_token": token(eva, address), "name": "Eva", "language": "en", "active": "y", "roles-0-role": "manager", "roles-0-region": ""}
    assert eva.post(address, data=form).status_code == 409
    with database.read() as session:
        roles = session.scalars(select(Person).where(Person.id == world.people["eva"])).one().grants
        assert [grant.role for grant in roles] == [Role.ADMINISTRATOR]


def test_a_device_is_ended_by_itself(eva, sign_in, world, database):
    first, second = sign_in("ben"), sign_in("ben")
    address = f"/people/{world.people['ben']}"
    with database.read() as session:
        device = session.scalars(select_devices(world.people["ben"])).first()
    assert eva.post(f"{address}/devices/{device.id}/revocation", data={"csrf_token": token(eva, address)}).status_code == 303
    assert sorted(client.get("/devices").status_code for client in (first, second)) == [200, 401]


def test_without_the_pages_token_nothing_is_written(eva, database):
    answer = eva.post("/people", data={"name": "Fay", "email": "fay@example.org", "password": "a sentence of hers", "roles-0-role": "inspector"})
    assert answer.status_code == 400
    with database.read() as session:
        assert session.scalar(select_person("fay@example.org")) is None


@pytest.mark.parametrize("name", ["amira", "ben", "chen", "dora"])
def test_only_administrators_open_people(sign_in, name):
    assert sign_in(name).get("/people").status_code == 403


def test_an_administrator_looks_after_everything(database, world):
    with database.write() as session, pytest.raises(Problem) as refused:
        add_person(session, SYSTEM, "petra@example.org", name="Petra", password=PASSWORD,
                   grants=[Grant(Role.ADMINISTRATOR, world.regions["north"])])
    assert [mistake.code for mistake in refused.value.errors] == ["roles.everywhere"]
