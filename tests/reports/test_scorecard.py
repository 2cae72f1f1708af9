"""What a scorecard gathers: counted visits only, in the site's own days, chosen by rule."""

import copy
import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from field.access import SYSTEM, Actor, Grant, Role, State
from field.imports.lives_questionnaire import QUESTION, document
from field.models import Assignment, Scope
from field.reports.card import Scorecard, Task
from field.reports.pools import gather_pools
from field.reports.scorecard import draw, gather
from field.reports.selection import Period
from field.stats.ranges import Silence, estimate
from tests.reports.making import BEN, DOCUMENT, KEPT, Shop, jpeg, next_door, open_shop, visit, words_of
from tests.reports.reading import text_of

NOVEMBER = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}


def gathered(shop: Shop, **changes: object) -> Scorecard:
    given = {"photos": shop.store, "base_url": "https://scores.example.org/", **changes}
    return gather(shop.session, shop.scope, shop.site, **given)


def plan(shop: Shop, count: int) -> None:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    shop.session.add_all(Assignment(person_id=shop.person.id, site_id=shop.site.id, version_id=shop.version.id, starts_at=moment,
                                    ends_at=moment, created_at=moment) for _ in range(count))
    shop.session.flush()


def network(shop: Shop, sites: int = 4) -> None:
    """Enough visits next door for a pool of ten degrees of freedom and more."""
    for number in range(sites):
        neighbour = next_door(shop, f"site-{number}")
        for day, rating in enumerate((5, 3, 4, 2), 1):
            visit(neighbour, on=date(2026, 11, day), courteous=rating, dress_complete=rating > 3)


def test_a_site_without_accepted_visits_says_what_is_planned(shop: Shop) -> None:
    plan(shop, 2)
    visit(shop, state=State.SUBMITTED)
    card = gathered(shop)
    assert (card.visits, card.score.mean, card.planned) == (0, None, 2)
    assert "No accepted visit yet. Two are planned." in text_of(draw(card))


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.EXCLUDED])
def test_only_accepted_visits_count(shop: Shop, state: State) -> None:
    visit(shop)
    visit(shop, state=state, floors_clean=False)
    for actor in (BEN, SYSTEM):
        card = gather(shop.session, Scope(actor), shop.site, photos=shop.store, base_url="https://x.example")
        assert (card.visits, card.score.mean, card.to_do) == (1, 100.0, ())


def test_the_score_is_the_mean_of_the_visits_with_the_range_of_the_whole_network(shop: Shop) -> None:
    network(shop)
    visit(shop, on=date(2026, 11, 3), floors_clean=False)
    visit(shop, on=date(2026, 11, 5))
    card = gathered(shop)
    assert card.score.mean == pytest.approx(100 - 11 / 4 / 2)
    assert card.score.range.low < card.score.mean < card.score.range.high


def test_few_visits_in_the_network_show_no_range(shop: Shop) -> None:
    visit(shop, on=date(2026, 11, 3), floors_clean=False)
    visit(shop, on=date(2026, 11, 5))
    assert gathered(shop).score.silence is Silence.TOO_FEW


def test_the_range_does_not_depend_on_who_looks(shop: Shop) -> None:
    network(shop)
    visit(shop, on=date(2026, 11, 3), floors_clean=False)
    visit(shop, on=date(2026, 11, 5))
    dora = Scope(Actor("dora", "Dora", "en", (Grant(Role.STAFF, site_id=shop.site.id),)))
    hers = gather(shop.session, dora, shop.site, photos=shop.store, base_url="https://x.example")
    assert hers.score == gathered(shop).score


def test_the_sheet_and_the_sites_page_draw_from_one_pool(shop: Shop) -> None:
    network(shop)
    abroad = next_door(shop, "auckland")
    abroad.site.time_zone = "Pacific/Auckland"
    for day in (date(2026, 8, 31), date(2026, 9, 2), date(2026, 11, 30)):
        visit(abroad, on=day, courteous=day.day % 5 or 1, hour=12)
    visit(shop, on=date(2026, 11, 3), floors_clean=False)
    visit(shop, on=date(2026, 11, 5))
    period = Period(date(2026, 9, 1), date(2026, 11, 30))
    pool = gather_pools(shop.session, "quick-check", ["north"], [period])[0].pool("north")
    assert gathered(shop).score == estimate([100 - 11 / 4, 100], pool)


def test_a_person_without_the_site_sees_no_visit(shop: Shop) -> None:
    visit(shop)
    stranger = Scope(Actor("x", "X", "en", (Grant(Role.STAFF, site_id="elsewhere"),)))
    assert gather(shop.session, stranger, shop.site, photos=shop.store, base_url="https://x.example").visits == 0


def test_the_period_is_the_last_three_months_with_visits_unless_told(shop: Shop) -> None:
    visit(shop, on=date(2026, 8, 31))
    visit(shop, on=date(2026, 9, 1))
    visit(shop, on=date(2026, 11, 12))
    card = gathered(shop)
    assert (card.first, card.last, card.visits) == (date(2026, 9, 1), date(2026, 11, 30), 2)
    assert gathered(shop, first=date(2026, 8, 1), last=date(2026, 8, 31)).visits == 1


def test_an_open_end_of_the_period_is_closed_as_on_the_sites_page(shop: Shop) -> None:
    for on in (date(2025, 1, 20), date(2026, 8, 31), date(2026, 11, 12)):
        visit(shop, on=on)
    until, since = gathered(shop, last=date(2025, 1, 31)), gathered(shop, first=date(2026, 8, 1))
    assert (until.first, until.last, until.visits) == (date(2024, 11, 1), date(2025, 1, 31), 1)
    assert (since.first, since.last, since.visits) == (date(2026, 8, 1), date(2026, 11, 12), 2)


def test_a_period_without_visits_keeps_its_dates(shop: Shop) -> None:
    visit(shop)
    card = gathered(shop, first=date(2025, 1, 1), last=date(2025, 3, 31))
    assert (card.visits, card.first) == (0, date(2025, 1, 1))


def test_days_are_the_sites_own(shop: Shop) -> None:
    shop.site.time_zone = "Pacific/Auckland"
    visit(shop, on=date(2026, 11, 30))
    assert gathered(shop, **NOVEMBER).visits == 1
    shop.site.time_zone = "Pacific/Kiritimati"
    assert gathered(shop, **NOVEMBER).visits == 1
    assert gathered(shop, first=date(2026, 12, 1), last=date(2026, 12, 1)).visits == 0


def test_a_must_keep_standard_comes_first_then_what_is_missed_again_and_again(shop: Shop) -> None:
    for day in range(1, 5):
        visit(shop, on=date(2026, 11, day), floors_clean=day > 2, exits_clear=day > 1, greeted=20_000 if day > 1 else 90_000,
              queue=60_000 if day < 4 else 300_000)
    card = gathered(shop)
    assert [(task.kept, task.visits, task.must_keep) for task in card.to_do] == [(3, 4, True), (2, 4, False), (3, 4, False)]
    assert card.to_do[1].text == words_of("floors_clean")
    assert card.words == "A must-keep standard was missed. Nearly every standard was kept."


def test_of_single_misses_the_one_that_cost_most_comes_first(shop: Shop) -> None:
    visit(shop, on=date(2026, 11, 1), dress_complete=False, in_stock="3")
    visit(shop, on=date(2026, 11, 2), queue=200_000)
    first, *others = gathered(shop).to_do
    assert first == Task(words_of("in_stock"), words_of("in_stock", "standard"), 1, 2)
    assert len(others) == 2


def test_what_did_not_apply_or_could_not_be_checked_is_no_miss(shop: Shop) -> None:
    visit(shop, on=date(2026, 11, 1), queue={"could_not_check": "No queue."}, courteous=4)
    visit(shop, on=date(2026, 11, 2), courteous=4)
    card = gathered(shop)
    assert [(task.kept, task.visits) for task in card.to_do] == [(0, 2)]


def test_praise_goes_to_what_was_kept_every_time_with_printable_photos_first(shop: Shop) -> None:
    photo, private = jpeg(shade=10), jpeg(shade=20)
    visit(shop, on=date(2026, 11, 1), floors_clean=False,
          photos=[{"question": "shelf_labels", "data": photo, "printable": True}, {"question": "dress_complete", "data": private}])
    visit(shop, on=date(2026, 11, 2))
    praise = gathered(shop).done_well
    assert praise[0].photo == photo
    assert [one.photo for one in praise[1:]] == [None, None]
    assert words_of("floors_clean") not in [one.text for one in praise]


def test_what_was_missed_once_is_not_praised(shop: Shop) -> None:
    visit(shop, on=date(2026, 11, 1), exits_clear=False, dress_complete=False, shelf_labels=False, in_stock="2", greeted=90_000,
          queue=300_000, simple_question="no", courteous=1, full_attention=1)
    visit(shop, on=date(2026, 11, 2))
    assert [praise.text for praise in gathered(shop).done_well] == [words_of("price_match"), words_of("floors_clean")]


def test_a_printable_photo_whose_copy_is_not_there_leaves_the_text_alone(shop: Shop) -> None:
    visit(shop, photos=[{"question": "shelf_labels", "data": jpeg(), "printable": True, "state": "stored"}])
    assert [praise.photo for praise in gathered(shop).done_well] == [None, None, None]


def test_no_comment_and_no_inspector_reach_the_paper(shop: Shop) -> None:
    visit(shop, floors_clean={"value": False, "comment": "Canary in the comment."}, queue={"could_not_check": "Canary reason."},
          photos=[{"question": "shelf_labels", "data": jpeg(), "printable": True, "caption": "Canary caption"}])
    pdf = draw(gathered(shop))
    assert "Canary" not in text_of(pdf)
    assert "Amira" not in text_of(pdf)
    assert b"Nightingale" not in pdf


def test_a_change_of_the_questionnaire_is_shown(shop: Shop) -> None:
    second = copy.deepcopy(DOCUMENT) | {"version": DOCUMENT["version"] + 1}
    visit(shop, on=date(2026, 11, 1))
    newer = open_shop(shop.session, shop.store, document=second, region=shop.site.region, code="other")
    newer.site = shop.site
    visit(newer, on=date(2026, 11, 2))
    assert gathered(shop).versions == 2
    assert "The questionnaire changed in this period." in text_of(draw(gathered(shop)))


def test_a_questionnaire_without_an_overall_score_still_shows_its_standards(shop: Shop) -> None:
    shop.version.body = json.dumps(DOCUMENT | {"scoring": {"mode": "none"}}).encode()
    visit(shop, floors_clean=False)
    card = gathered(shop)
    assert (card.visits, card.score.mean, card.words) == (1, None, "No overall score: see the single standards.")
    assert words_of("floors_clean") in text_of(draw(card))


def test_a_questionnaire_of_one_score_asks_for_nothing_but_shows_it(shop: Shop) -> None:
    """A county's records: one number and no standard, so there is nothing that the staff could do next."""
    records = open_shop(shop.session, shop.store, document=json.loads(document()), region=shop.site.region, code="county")
    nothing = dict.fromkeys(KEPT)
    for day, number in ((10, "88"), (20, "92.5")):
        visit(records, on=date(2026, 11, day), **{**nothing, QUESTION: number})
    card = gathered(records)
    assert (card.score.mean, card.to_do, card.done_well, card.dimensions, card.itemised) == (90.25, (), (), (), False)
    said = text_of(draw(card))
    assert "90" in said
    for words in ("To do next", "Done well", "Nothing new", "In five dimensions", "no score"):
        assert words not in said


def test_one_scored_question_with_a_standard_is_still_asked_for(shop: Shop) -> None:
    single = json.loads(document())
    single["sections"][0]["questions"][0]["standard"] = {"en": "The kitchen is clean."}
    records = open_shop(shop.session, shop.store, document=single, region=shop.site.region, code="county")
    visit(records, **{**dict.fromkeys(KEPT), QUESTION: "88"})
    assert [task.standard for task in gathered(records).to_do] == ["The kitchen is clean."]


def test_a_questionnaire_may_bring_its_own_words(shop: Shop) -> None:
    bands = [{"from": "90", "text": {"en": "Ready to open."}}, {"from": "0", "text": {"en": "Not ready."}}]
    shop.version.body = json.dumps(DOCUMENT | {"scoring": DOCUMENT["scoring"] | {"bands": bands}}).encode()
    visit(shop)
    assert gathered(shop).words == "Ready to open."


def test_gathering_and_drawing_take_at_most_sixty_milliseconds(shop: Shop) -> None:
    network(shop, 12)
    for day in range(1, 9):
        visit(shop, on=date(2026, 11, day), floors_clean=day % 2 == 0, photos=[
            {"question": key, "data": jpeg(shade=8 * day + place), "printable": True}
            for place, key in enumerate(("shelf_labels", "dress_complete", "in_stock"))])
    spent = []
    for _ in range(7):
        shop.session.expire_all()
        start = time.process_time()
        draw(gathered(shop))
        spent.append(time.process_time() - start)
    assert sorted(spent)[3] < 0.06


def test_an_address_names_the_sites_page(shop: Shop) -> None:
    assert gathered(shop).address == "https://scores.example.org/sites/old-mill"
    assert gathered(shop).made_on <= datetime.now(UTC).date() + timedelta(days=1)
