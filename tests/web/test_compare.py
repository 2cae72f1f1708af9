"""Two sites side by side: told apart only when their visits can tell them apart."""

import pytest

from field.reports.compare import difference
from field.stats.ranges import Estimate, Silence
from tests.reports.scored import several
from tests.web.pages import text

PAIR = "/compare?site=mill&site=quay&from=2026-09-01&to=2026-11-30"


@pytest.fixture
def scored(database, world):
    def keep(**sites: tuple[float, ...]) -> None:
        with database.write() as session:
            for site, scores in sites.items():
                several(session, world, site, *scores)
    return keep


@pytest.fixture
def ben(sign_in):
    return sign_in("ben")


def test_sites_that_differ_less_than_their_visits_are_not_told_apart(ben, scored):
    scored(mill=(80.0, 84.0, 88.0, 92.0, 79.0, 85.0), quay=(82.0, 75.0, 90.0, 86.0, 81.0, 80.0))
    page = text(ben.get(PAIR))
    assert "<h1>We cannot yet tell these sites apart.</h1>" in page
    assert "likely between −" in page


def test_sites_that_differ_for_real_are_told_apart(ben, scored):
    scored(mill=(90.0, 91.0, 92.0, 89.0, 90.0, 91.0), quay=(70.0, 71.0, 69.0, 70.0, 72.0, 68.0))
    page = text(ben.get(PAIR))
    assert "Mill Street keeps more standards than Quay Street." in page
    assert "The difference is 21 points, likely between " in page


def test_one_visit_tells_nothing_apart(ben, scored):
    scored(mill=(90.0, 91.0, 92.0, 89.0, 90.0, 91.0, 90.0, 92.0, 91.0, 90.0, 89.0, 91.0), quay=(20.0,))
    assert "Too few visits to tell these sites apart." in text(ben.get(PAIR))


def test_a_difference_needs_a_pool():
    assert difference(Estimate(90.0, 2, silence=Silence.TOO_FEW, error=2.0), Estimate(60.0, 2, silence=Silence.TOO_FEW, error=2.0), 2) is None
    assert difference(Estimate(90.0, 2, error=2.0), Estimate(60.0, 2, error=2.0), 20).low == pytest.approx(24.1, abs=0.1)


def test_the_other_site_is_chosen_from_the_same_region(ben):
    page = text(ben.get("/compare?site=mill"))
    assert 'href="/compare?site=mill&amp;site=quay"' in page
    assert "Code of the first site" in text(ben.get("/compare"))


@pytest.mark.parametrize(("address", "status"), [
    ("/compare?site=mill&site=canal", 404), ("/compare?site=nowhere", 404), ("/compare?site=mill&site=quay&site=canal", 422),
    ("/compare?site=mill&site=quay&from=x", 422),
])
def test_what_cannot_be_compared_is_refused(ben, address, status):
    assert ben.get(address).status_code == status


def test_without_visits_there_is_nothing_to_compare(ben):
    page = ben.get(PAIR)
    assert page.status_code == 200
    assert "No accepted visit in this period." in text(page)


def test_staff_do_not_compare(sign_in):
    assert sign_in("dora").get(PAIR).status_code == 403
