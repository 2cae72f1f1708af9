"""The manager's first page and its spreadsheet: filters in the address, sorting by links, nothing from elsewhere."""

import csv
import re
from io import StringIO

import pytest

from field.models import Site
from tests.reports.scored import several, visit
from tests.web.pages import text

AUTUMN = "from=2026-09-01&to=2026-11-30"


@pytest.fixture
def ben(sign_in):
    return sign_in("ben")


@pytest.fixture
def seen(database, world):
    """Visits at three sites; the name of one would run in a spreadsheet."""
    with database.write() as session:
        several(session, world, "mill", 80.0, 84.0, 88.0, 92.0, 91.0)
        several(session, world, "quay", 70.0, 75.0, 80.0, 78.0)
        several(session, world, "canal", 60.0, 66.0, 72.0, 90.0)
        visit(session, world, "mill", 50.0, state="submitted")
        session.get(Site, world.sites["quay"]).name = "=Quay Street"


@pytest.mark.usefixtures("seen")
def test_the_first_sentence_is_about_the_region(ben):
    page = text(ben.get(f"/overview?{AUTUMN}"))
    assert "<h1>North: most standards are kept</h1>" in page
    assert re.search(r"Score <b>81</b> \(likely between \d+ and \d+\)\. 9 visits to 2 of 2 sites\.", page)
    assert "1 visit waits for review, not counted yet" in page
    assert "Fair picture: compare with care." in page
    assert "Canal" not in page


@pytest.mark.usefixtures("seen")
def test_a_person_with_several_brands_chooses_first(sign_in):
    page = text(sign_in("eva").get("/overview"))
    assert "<h1>All your regions</h1>" in page
    assert 'href="/overview?region=acme"' in page


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(("query", "path"), [
    ("from=yesterday", "/from"), ("to=2026-02-30", "/to"), ("from=0001-01-01", "/from"), ("from=2026-02-01&to=2026-01-01", "/to"),
    ("questionnaire=nothing", "/questionnaire"), ("sort=rank", "/sort"), ("page=0", "/page"), ("page=x", "/page"),
    ("region=%00", "/region"), ("questionnaire=%F0%9F%98%80", "/questionnaire"),
])
def test_a_filter_that_cannot_be_read_is_named(ben, query, path):
    answer = ben.get(f"/overview?{query}")
    assert answer.status_code == 422
    assert f"<code>{path}</code>" in text(answer)


@pytest.mark.parametrize("address", ["/overview?region=south", "/overview?region=nowhere", "/overview.csv?region=south"])
def test_a_region_elsewhere_is_not_there(ben, address):
    assert ben.get(address).status_code == 404


@pytest.mark.parametrize("name", ["amira", "dora"])
def test_neither_inspectors_nor_staff_compare_sites(sign_in, name):
    assert sign_in(name).get("/overview").status_code == 403
    assert sign_in(name).get("/overview.csv").status_code == 403


@pytest.mark.usefixtures("seen")
def test_a_column_sorts_by_its_link_and_turns_round(ben):
    page = text(ben.get(f"/overview?{AUTUMN}&sort=score"))
    assert page.index("=Quay Street") < page.index("Mill Street")
    assert "sort=-score" in page
    assert 'aria-sort="ascending"' in page
    turned = text(ben.get(f"/overview?{AUTUMN}&sort=-score"))
    assert turned.index("Mill Street") < turned.index("=Quay Street")


@pytest.mark.usefixtures("seen")
def test_the_spreadsheet_holds_what_is_shown_and_runs_nothing(ben):
    answer = ben.get(f"/overview.csv?{AUTUMN}&sort=score")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    assert [row[1] for row in rows] == ["'=Quay Street", "Mill Street"]
    assert rows[1][header.index("Score")] == "87"
    assert "overview-north-2026-09-01-2026-11-30.csv" in answer.headers["Content-Disposition"]


def test_without_any_visit_the_page_says_what_will_be_here(ben):
    page = text(ben.get("/overview"))
    assert "North: no accepted visit yet" in page
    assert page.count("No accepted visit yet.") == 2


@pytest.mark.usefixtures("seen")
def test_no_style_and_no_script_stands_in_the_page(ben):
    page = text(ben.get("/overview"))
    assert " style=" not in page
    assert page.count("<script") == 1


@pytest.mark.usefixtures("seen")
def test_links_carry_filters_and_nothing_else(ben):
    page = text(ben.get(f"/overview?{AUTUMN}&endpoint=x&_scheme=javascript&_external=1&values=1"))
    assert "javascript" not in page
    assert "/overview?from=2026-09-01&amp;to=2026-11-30&amp;sort=score" in page
