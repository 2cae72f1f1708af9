"""Regions, sites and people from tables: all or nothing, in any order, each fault at its row and column."""

import pytest

from field.access import SYSTEM, Role
from field.errors import Problem
from field.models import Person, Region, Site
from field.models.region import select_path
from field.operations.links import redeem
from field.operations.sign_in import person_with
from field.operations.tables import take_table
from tests.web.places import digest


@pytest.fixture
def take(database, world):
    """Hands a table in, as a request does: nothing is kept where anything is wrong."""
    def run(subject, text):
        with database.write() as session:
            return take_table(session, SYSTEM, subject, text.encode())
    return run


@pytest.fixture
def faults(take, database):
    """The faults of a table, which must change nothing."""
    def run(subject, text):
        before = digest(database)
        with pytest.raises(Problem) as caught:
            take(subject, text)
        assert digest(database) == before
        return [(mistake.path, mistake.code) for mistake in caught.value.errors]
    return run


def test_regions_come_in_any_order(take, database):
    assert take("regions", "code,name,parent\neast-1,East one,east\neast,East,acme\n").added == 2
    with database.read() as session:
        lowest = session.query(Region).filter_by(code="east-1").one()
        assert [region.code for region in session.scalars(select_path(lowest.id))] == ["acme", "east", "east-1"]


def test_faults_of_regions_are_named_and_nothing_is_kept(faults):
    table = "code,name,parent\nwest,West,\nWest Side,West,\nacme,Acme,\nlost,Lost,nowhere\na,A,b\nb,B,a\n"
    assert faults("regions", table) == [
        ("/3/code", "code.shape"), ("/4/code", "region.taken"), ("/5/parent", "region.unknown"), ("/6/parent", "region.unknown"),
        ("/7/parent", "region.unknown")]


def test_a_code_that_stands_twice_is_a_fault(faults):
    assert faults("regions", "code,name\nwest,West\nwest,West again\n") == [("/3/code", "region.taken")]


def test_sites_are_added_to_their_regions(take, database):
    take("sites", "code,name,region,lat,lon,time_zone\nbridge,Bridge,north,47.5,-19.05,Europe/Budapest\n")
    with database.read() as session:
        site = session.query(Site).filter_by(code="bridge").one()
        assert (site.region.code, site.lat, site.lon, site.language) == ("north", 47.5, -19.05, "en")


def test_faults_of_sites_are_named_at_their_columns(faults):
    table = ("code,name,region,lat,lon,time_zone\nbridge,Bridge,nowhere,,,Europe/Budapest\nmill,Mill,north,,,Europe/Budapest\n"
             "one,One,north,\"47,5\",19,Europe/Budapest\ntwo,Two,north,91,19,Mars/Base\n")
    assert faults("sites", table) == [("/2/region", "region.unknown"), ("/3/code", "site.taken"), ("/4/lat", "number.shape"),
                                      ("/4/lat", "place.half"), ("/5/lat", "place.range"), ("/5/time_zone", "time_zone.unknown")]


def test_people_are_invited_and_sign_in_only_with_their_link(take, database):
    taken = take("people", "email,name,role,region,site\nfay@example.org,Fay,inspector,north,\nFay@example.org,Fay,manager,south,\n"
                           "gus@example.org,Gus,staff,,mill\n")
    assert [one.email for one in taken.invited] == ["fay@example.org", "gus@example.org"]
    with database.write() as session:
        fay = session.query(Person).filter_by(email="fay@example.org").one()
        assert {grant.role for grant in fay.grants} == {Role.INSPECTOR, Role.MANAGER}
        assert person_with(session, "fay@example.org", "") is None
        redeem(session, taken.invited[0].token, password="a sentence of hers")
        session.flush()
        assert person_with(session, "fay@example.org", "a sentence of hers") is not None


def test_faults_of_people_are_named_at_their_columns(faults):
    table = ("email,name,role,region,site\nfay,Fay,inspector,north,\nben@example.org,Ben,manager,north,\ngus@example.org,Gus,staff,,\n"
             "hal@example.org,Hal,boss,,\nida@example.org,Ida,staff,,nowhere\njo@example.org,Jo,manager,nowhere,\n"
             "kim@example.org,Kim,reviewer,,\nkim@example.org,Kit,inspector,,\n")
    assert faults("people", table) == [
        ("/2/email", "email.shape"), ("/3/email", "person.email_taken"), ("/4/email", "roles.site"), ("/5/role", "role.unknown"),
        ("/6/site", "site.unknown"), ("/7/region", "region.unknown"), ("/9/name", "person.differs")]
