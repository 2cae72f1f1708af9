"""Codes of regions and sites: what may stand in an address, and nothing else."""

import pytest

from field.access import SYSTEM
from field.errors import Problem
from field.models import Region
from field.operations.regions import add_region
from field.operations.sites import SiteDetails, add_site


@pytest.mark.parametrize("code", ["NORTH", "North_East", "0", "3.14", "a--b", "north-", "S" * 64])
def test_codes_of_other_systems_are_taken_and_found_in_addresses(database, world, sign_in, code):
    with database.write() as session:
        region = add_region(session, SYSTEM, code, name="North")
        add_site(session, SYSTEM, code, region=region, details=SiteDetails("Mill Street"))
    eva = sign_in("eva")
    assert [eva.get(f"/{kind}/{code}").status_code for kind in ("regions", "sites")] == [200, 200]


@pytest.mark.parametrize("code", ["", ".", "-a", "_a", "a b", "a/b", "észak", "a\n", "N" * 65])
def test_codes_that_an_address_cannot_hold_are_refused(database, world, code):
    with database.write() as session:
        north = session.get(Region, world.regions["north"])
        for add in (lambda: add_region(session, SYSTEM, code, name="North"),
                    lambda: add_site(session, SYSTEM, code, region=north, details=SiteDetails("Mill Street"))):
            with pytest.raises(Problem) as caught:
                add()
            assert [mistake.code for mistake in caught.value.errors] == ["code.shape"]
