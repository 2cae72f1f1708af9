"""Regions and sites: one pool for everybody, honest changes, no query for each site."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from field.access import SYSTEM, State
from field.errors import Problem
from field.models import Region, Site
from field.operations.sites import SiteDetails, add_site
from field.reports import compare, overview, overview_table, site_view, sorting
from field.reports.change import Moved
from field.reports.overview_words import OverviewWords
from field.reports.selection import Asked, Period, choose_for_sites
from field.stats.pool import pooled
from field.stats.ranges import estimate
from tests.reports.scored import T, scope, selection, several, visit

MILL, QUAY, CANAL = (80.0, 84.0, 88.0, 92.0), (70.0, 75.0, 80.0, 78.0), (60.0, 66.0, 72.0, 90.0, 71.0)


@pytest.fixture
def session(database, world):
    with database.session() as opened:
        yield opened.writing()


@pytest.fixture
def autumn(session, world):
    for site, scores in (("mill", MILL), ("quay", QUAY), ("canal", CANAL)):
        several(session, world, site, *scores)
    return session


def gather(session, world, name=None, **asked):
    seen = scope(session, world, name)
    return overview.gather(session, seen, selection(session, seen, **asked))


def rows(found):
    return {row.code: row for row in found.sites}


def test_the_range_of_a_site_is_the_same_whoever_looks_and_wherever(autumn, world):
    expected = estimate(MILL, pooled({"mill": MILL, "quay": QUAY, "canal": CANAL}))
    assert expected.range
    assert rows(gather(autumn, world, "ben"))["mill"].score == expected
    assert rows(gather(autumn, world, "eva", region="acme"))["mill"].score == expected
    mill, canal = (autumn.get(Site, world.sites[code]) for code in ("mill", "canal"))
    dora, chen = scope(autumn, world, "dora"), scope(autumn, world, "chen")
    asked = Asked(first=date(2026, 9, 1), last=date(2026, 11, 30))
    page = site_view.gather(autumn, dora, mill, choose_for_sites(autumn, dora, (mill,), asked, T), T)
    pair = compare.gather(autumn, chen, (mill, canal), choose_for_sites(autumn, chen, (mill, canal), asked, T), T)
    assert page.score == expected == pair.sides[0].score


def test_a_region_counts_each_visited_site_once(autumn, world):
    visit(autumn, world, "quay", 77.0)
    found = gather(autumn, world, "chen")
    north = next(row for row in found.regions if row.node.code == "north")
    assert north.score.mean == pytest.approx((sum(MILL) / 4 + (sum(QUAY) + 77) / 5) / 2)
    assert (north.sites, north.visited, north.score.visits) == (2, 2, 9)
    assert found.whole.node.code == "acme"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.EXCLUDED])
def test_what_is_not_accepted_counts_nowhere_but_waits(autumn, world, state):
    before = gather(autumn, world, "ben")
    visit(autumn, world, "mill", 0.0, state=state)
    after = gather(autumn, world, "ben")
    assert after.sites == before.sites
    assert after.waiting == ({} if state == State.EXCLUDED else {state: 1})


def test_a_visit_belongs_to_the_day_at_its_site(session, world):
    visit(session, world, "mill", 80.0, at=datetime(2026, 8, 31, 22, 30, tzinfo=UTC))
    visit(session, world, "mill", 90.0, at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    row = rows(gather(session, world, "ben"))["mill"]
    assert (row.score.mean, row.score.visits, row.last) == (80.0, 1, date(2026, 9, 1))


def test_sites_outside_the_scope_are_not_there(autumn, world):
    assert set(rows(gather(autumn, world, "ben"))) == {"mill", "quay"}
    with pytest.raises(Problem, match="request.not_found"):
        gather(autumn, world, "ben", region="south")


def test_several_brands_are_never_one_number(autumn, world):
    visit(autumn, world, "away", 20.0)
    found = gather(autumn, world)
    assert found.whole is None
    assert [row.node.code for row in found.regions] == ["acme", "other"]
    assert rows(found)["away"].line.score == 20.0
    assert rows(found)["mill"].line.score == pytest.approx((sum(MILL) / 4 + sum(QUAY) / 4 + sum(CANAL) / 5) / 3)


@pytest.mark.parametrize(("earlier", "moved"), [
    ((60.0, 62.0, 64.0, 66.0), Moved.UP), ((99.0, 100.0, 100.0, 100.0), Moved.DOWN), ((80.0, 85.0, 90.0, 92.0), Moved.NORMAL),
    ((60.0,), Moved.NOTHING), ((), Moved.NOTHING),
])
def test_a_site_moved_only_when_it_moved_more_than_usual(session, world, earlier, moved):
    for site, scores in (("mill", MILL), ("quay", (78.0, 80.0, 82.0, 79.0, 81.0)), ("canal", (70.0, 72.0, 74.0, 71.0, 73.0))):
        several(session, world, site, *scores)
    several(session, world, "mill", *earlier, on=date(2026, 7, 10))
    found = gather(session, world, "ben")
    assert rows(found)["mill"].change.moved == moved
    assert [row.code for row in found.moved] == (["mill"] if moved in (Moved.UP, Moved.DOWN) else [])


def test_too_few_visits_in_the_pool_compare_nothing(session, world):
    several(session, world, "mill", 90.0, 92.0)
    several(session, world, "mill", 10.0, 12.0, on=date(2026, 7, 10))
    assert rows(gather(session, world, "ben"))["mill"].change.moved == Moved.NOTHING


def test_a_must_keep_standard_missed_is_counted(autumn, world):
    visit(autumn, world, "mill", 80.0, critical_failed=True)
    assert rows(gather(autumn, world, "ben"))["mill"].critical == 1


def test_a_visit_without_an_overall_score_is_no_zero(session, world):
    several(session, world, "mill", 80.0)
    visit(session, world, "mill", None, tangibles=60.0)
    row = rows(gather(session, world, "ben"))["mill"]
    assert (row.score.mean, row.score.visits, row.dimensions[0]) == (80.0, 1, 60.0)


def test_the_number_of_queries_does_not_grow_with_the_sites(autumn, world, database):
    few = _queries(autumn, world, database)
    south = autumn.get(Region, world.regions["south"])
    for number in range(20):
        world.sites[f"s{number}"] = add_site(autumn, SYSTEM, f"s{number}", region=south, details=SiteDetails(f"S {number}")).id
        visit(autumn, world, f"s{number}", 80.0)
    assert _queries(autumn, world, database) == few <= 14


def _queries(session, world, database):
    seen = scope(session, world)
    session.expire_all()
    heard = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: heard.append(args[2]))
    overview.gather(session, seen, selection(session, seen, region="acme"))
    return len(heard)


@pytest.mark.parametrize("order", sorting.ORDERS)
def test_every_order_is_stable_and_puts_what_is_unknown_last(autumn, world, order):
    several(autumn, world, "away", 80.0)
    found = sorting.arranged(gather(autumn, world).sites, order)
    value = sorting.BY[order.removeprefix("-")]
    known = [value(row) for row in found if value(row) is not None]
    assert known == sorted(known, reverse=order.startswith("-"))
    assert [value(row) is None for row in found] == sorted(value(row) is None for row in found)
    assert sorting.arranged(list(reversed(found)), order) == found


def test_equal_scores_stay_by_name_in_both_directions(session, world):
    for site in ("mill", "quay"):
        several(session, world, site, 80.0, 80.0, 80.0, 80.0)
    found = gather(session, world, "ben").sites
    assert [row.code for row in sorting.arranged(found, "-score")] == [row.code for row in sorting.arranged(found, "score")] == ["mill", "quay"]


def test_a_snapshot_never_stands_at_the_top_of_the_scores(autumn, world):
    several(autumn, world, "away", 100.0, 100.0, 100.0)
    for order in ("score", "-score"):
        assert sorting.arranged(gather(autumn, world).sites, order)[-1].code == "away"


def test_the_period_before_is_of_equal_length():
    assert Period(date(2026, 9, 1), date(2026, 11, 30)).before == Period(date(2026, 6, 1), date(2026, 8, 31))
    assert Period(date(2026, 2, 1), date(2026, 2, 28)).before == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert Period(date(2026, 3, 11), date(2026, 3, 20)).before == Period(date(2026, 3, 1), date(2026, 3, 10))


def test_the_default_is_the_last_three_months_with_visits(session, world):
    visit(session, world, "mill", 80.0, on=date(2025, 5, 20))
    found = selection(session, scope(session, world, "ben"), first=None, last=None)
    assert found.period == Period(date(2025, 3, 1), date(2025, 5, 31))


def test_an_unknown_questionnaire_is_refused_by_name(autumn, world):
    with pytest.raises(Problem) as refused:
        gather(autumn, world, "ben", questionnaire="nothing")
    assert (refused.value.status, refused.value.errors[0].path) == (422, "/questionnaire")


def test_the_first_sentence_is_decided_before_rounding(session, world):
    visit(session, world, "mill", 89.96)
    assert OverviewWords(gather(session, world, "ben"), T).title() == "North: most standards are kept"


def test_no_visit_in_this_period_is_not_no_visit_yet(session, world):
    visit(session, world, "mill", 80.0, on=date(2026, 1, 10))
    found = gather(session, world, "ben")
    words = OverviewWords(found, T)
    assert [words.in_words(rows(found)[code]) for code in ("mill", "quay")] == ["No accepted visit in this period.", "No accepted visit yet."]
    assert words.title() == "North: no accepted visit in this period"


def test_the_cells_of_a_row_say_what_the_page_says(autumn, world):
    row = rows(gather(autumn, world, "ben"))["mill"]
    cells = dict(zip(overview_table.header(T), overview_table.cells(row, T), strict=True))
    assert (cells["Code"], cells["Score"], cells["Visits"], cells["In words"]) == ("mill", 86, 4, "Fair picture: compare with care.")
    assert (cells["Likely from"], cells["Likely to"]) == row.score.range.shown


def test_a_page_behind_the_last_shows_the_last(autumn, world):
    found = gather(autumn, world, "ben").sites
    assert overview_table.page(found, 99) == overview_table.page(found, 1)
