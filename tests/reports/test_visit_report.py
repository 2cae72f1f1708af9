"""A visit's report: complete or refused, every answer in words, the trace to the score, nobody named."""

import copy
import hashlib
import json
from datetime import date

import pytest

from field.access import Actor, Grant, Role, State
from field.errors import Problem
from field.locale import translator
from field.models import Review, Scope, Visit
from field.reports.numbers import number
from field.reports.sheet import MARGIN
from field.reports.visit_report import draw, gather
from tests.reports.making import DOCUMENT, KEPT, Shop, jpeg, visit, words_of
from tests.reports.reading import fonts_of, placed_words, reader, text_of

CHEN = Scope(Actor("chen", "Chen", "en", (Grant(Role.REVIEWER),)))


def report(shop: Shop, visit_id: str, paper: str = "a4", *, scope: Scope | None = None) -> bytes:
    return draw(gather(shop.session, scope or shop.scope, visit_id, photos=shop.store), paper)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_answer_stands_in_words_with_what_it_earned(shop: Shop, paper: str) -> None:
    made = visit(shop, floors_clean={"value": False, "comment": "Wet, no sign."}, price_match="cheaper", courteous=4,
                 queue={"could_not_check": "No queue."}, greeted=45_000)
    said = text_of(report(shop, made, paper))
    for words in (
        f"{words_of('floors_clean')} No Missed. 0 of 4 points, weight 1.", "“Wet, no sign.”",
        "The till was cheaper Partly kept. 2 of 4 points, weight 1.",
        "Could not check: No queue. Left out; counts as not checked.", "5 of 10 points", "Partly kept. 3 of 4 points",
        "How this became the score", "All sections", "Old Mill Arcade", "Page 1 of",
    ):
        assert words in said


def test_times_are_the_sites_with_its_zone(shop: Shop) -> None:
    said = text_of(report(shop, visit(shop, on=date(2026, 7, 1)), scope=CHEN))
    assert "Visit of 1 Jul 2026, 11:42 to 12:31 (Europe/Budapest)." in said
    assert "Visit of 12 Nov 2026, 10:42 to 11:31 (Europe/Budapest)." in text_of(report(shop, visit(shop), scope=CHEN))


def test_who_does_not_review_there_learns_the_day_and_no_hour(shop: Shop) -> None:
    pdf = report(shop, visit(shop))
    said = text_of(pdf) + str(reader(pdf).metadata)
    assert "Visit of 12 Nov 2026." in said
    assert [hour for hour in ("10:42", "11:31", "09:42", "10:31", "T1042", "T0942", "1112104", "1112094") if hour in said] == []


def test_the_trace_can_be_recomputed_by_hand(shop: Shop) -> None:
    said = text_of(report(shop, visit(shop, floors_clean=False, exits_clear=True)))
    assert "What one sees 12 of 16 weighted points. Section weight 11. 75.0" in said
    assert "All sections Sum of score times weight, divided by 100. 97.3" in said
    assert "Outcome: passed The pass mark is 75. 97.3" in said


def test_a_missed_must_keep_standard_flips_the_outcome_in_words(shop: Shop) -> None:
    said = text_of(report(shop, visit(shop, exits_clear=False)))
    assert "A must-keep standard was missed. Nearly every standard was kept. Not passed." in said
    assert "Must-keep standard missed. 0 of 4 points" in said
    assert "the number stays, the outcome is fail" in said


def test_the_inspector_is_nowhere_in_the_file(shop: Shop) -> None:
    pdf = report(shop, visit(shop))
    assert "Amira" not in text_of(pdf)
    assert not any("Amira" in str(value) for value in reader(pdf).metadata.values())


@pytest.mark.parametrize("state", [None, "stored"])
def test_a_missing_photo_refuses_the_report_and_is_named(shop: Shop, state: str | None) -> None:
    made = visit(shop, photos=[{"question": "shelf_labels", "data": jpeg(shade=9), "state": state}, {"question": "floors_clean", "data": jpeg()}])
    with pytest.raises(Problem) as refusal:
        report(shop, made)
    assert (refusal.value.code, refusal.value.status) == ("report.photos_missing", 409)
    named = {"sha256": hashlib.sha256(jpeg(shade=9)).hexdigest(), "number": 2, "question": words_of("shelf_labels")}
    assert refusal.value.extra["missing"] == [named]


def test_a_readable_photo_without_its_copy_refuses_the_report(shop: Shop) -> None:
    photo = jpeg()
    made = visit(shop, photos=[{"question": "floors_clean", "data": photo}])
    shop.store.delete(hashlib.sha256(photo).hexdigest())
    with pytest.raises(Problem):
        report(shop, made)


def test_an_unreadable_photo_is_a_marked_box_once_the_visit_is_accepted(shop: Shop) -> None:
    made = visit(shop, photos=[{"question": "floors_clean", "data": jpeg(), "state": "unreadable"}])
    moment = shop.site.created_at
    shop.session.add(Review(visit_id=made, revision=1, opened_at=moment, decided_at=moment, decision="accepted", reason="Seen on the other one."))
    shop.session.flush()
    said = text_of(report(shop, made))
    assert "This photo cannot be read. The visit was accepted without it. Seen on the other one." in said


def test_an_unreadable_photo_refuses_the_report_of_a_visit_that_nobody_accepted(shop: Shop) -> None:
    made = visit(shop, state=State.IN_REVIEW, photos=[{"question": "floors_clean", "data": jpeg(), "state": "unreadable"}])
    with pytest.raises(Problem, match="report.photos_missing"):
        gather(shop.session, CHEN, made, photos=shop.store)


def test_who_may_not_see_a_visit_gets_what_a_visit_nobody_has_gets(shop: Shop) -> None:
    made = visit(shop, state=State.SUBMITTED)
    for asked in (made, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(Problem, match="request.not_found"):
            gather(shop.session, shop.scope, asked, photos=shop.store)


def test_photos_stand_whole_with_their_captions(shop: Shop) -> None:
    photos = [{"question": "floors_clean", "position": place, "data": jpeg(shade=place), "caption": f"Caption {place}"} for place in range(4)]
    pdf = report(shop, visit(shop, photos=photos))
    assert sum(len(page.images) for page in reader(pdf).pages) == 4
    assert all(f"Caption {place}" in text_of(pdf) for place in range(4))
    assert all(photo["data"] in pdf for photo in photos)


def test_long_comments_and_sixty_photos_run_over_numbered_pages(shop: Shop) -> None:
    photos = [{"question": key, "position": place, "data": jpeg(shade=4 * (20 * number + place))}
              for number, key in enumerate(("floors_clean", "shelf_labels", "in_stock")) for place in range(20)]
    comment = "word " * 790 + "the end."
    made = visit(shop, photos=photos, **{key: {"value": value, "comment": comment} for key, value in KEPT.items()})
    pdf = report(shop, made)
    pages = reader(pdf).pages
    assert sum(len(page.images) for page in pages) == 60
    assert text_of(pdf).count("the end.”") == len(KEPT)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1].extract_text()


@pytest.mark.parametrize("text", ["<b>&amp;</b><img src='/etc/passwd'>", "x" * 4000, "中" * 4000, "\u202eabc\u0301😀", "a\nb\r\nc"])
def test_hostile_comments_stay_text(shop: Shop, text: str) -> None:
    pdf = report(shop, visit(shop, floors_clean={"value": True, "comment": text}))
    assert "How this became the score" in text_of(pdf)
    assert all(fonts_of(pdf).values())


def test_markup_in_a_comment_is_printed_as_it_was_typed(shop: Shop) -> None:
    assert "<b>&amp;</b>" in text_of(report(shop, visit(shop, floors_clean={"value": True, "comment": "<b>&amp;</b>"})))


def with_first_question(shop: Shop, **changes: object) -> None:
    """The shop's questionnaire with another first question."""
    document = copy.deepcopy(DOCUMENT)
    document["sections"][0]["questions"][0] |= changes
    shop.version.body = json.dumps(document).encode()
    shop.session.flush()
    shop.session.expire_all()


def test_a_question_text_longer_than_a_page_goes_on_over_it(shop: Shop) -> None:
    with_first_question(shop, text={"en": "中" * 3900 + " finis."})
    pdf = report(shop, visit(shop))
    assert "finis." in text_of(pdf)
    assert all(y > MARGIN - 6 for page in range(len(reader(pdf).pages)) for _, _, y, _ in placed_words(pdf, page))


def test_the_trace_shows_weights(shop: Shop) -> None:
    with_first_question(shop, weight="2.5")
    said = text_of(report(shop, visit(shop, floors_clean=False, shelf_labels=False)))
    assert "0 of 4 points, weight 2.5." in said
    assert "What one sees 8 of 22 weighted points." in said
    said = text_of(report(shop, visit(shop, dress_complete=False)))
    assert "What one sees 18 of 22 weighted points." in said


def test_the_same_visit_gives_the_same_bytes(shop: Shop) -> None:
    made = visit(shop)
    assert report(shop, made) == report(shop, made)
    assert shop.session.get_one(Visit, made).state == State.ACCEPTED


def test_numbers_have_no_needless_zeros() -> None:
    assert [number(value, translator("en")) for value in (4, 0, 10, 2.5)] == ["4", "0", "10", "2.5"]
    assert number(2.5, translator("hu")) == "2,5"
