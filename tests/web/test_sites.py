"""Sites: the list, and the way from a region to one photo in four taps; what staff see of it."""

import re
from datetime import date
from html import unescape

import pytest

from field.access import SYSTEM
from field.operations.photos import mark_readable
from field.operations.questionnaires import publish_questionnaire
from tests.factories import dumps, photo, photo_entry, questionnaire, revision
from tests.reports.scored import several, visit
from tests.web.pages import send, text, token


@pytest.fixture
def data():
    return photo(5)


@pytest.fixture
def accepted(amira, sign_in, world, database, data):
    """A visit of Amira's to the mill, with a comment and a photo, that Chen accepted."""
    sent = send(amira, revision(world, photos=[photo_entry(data)]), [data])
    with database.write() as session:
        mark_readable(session, photo_entry(data)["sha256"])
    chen = sign_in("chen")
    form = {"csrf_token": token(chen, "/reviews")}
    chen.post(f"/visits/{sent}/review", data=form)
    assert chen.post(f"/visits/{sent}/acceptance", data=form).status_code == 303
    return sent


def follow(client, page: str, label: str) -> str:
    """The page behind the link that holds a label."""
    addresses = {unescape(words): unescape(href) for href, words in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.S)}
    found = next(href for words, href in addresses.items() if label in words)
    return text(client.get(found.split("#")[0]))


def test_four_taps_lead_from_the_region_to_the_photo(sign_in, accepted, data):
    ben = sign_in("ben")
    page = follow(ben, text(ben.get("/overview")), "Mill Street")
    page = follow(ben, page, "20 Nov")
    page = follow(ben, page, "Cleanliness")
    page = follow(ben, page, "Floors are clean.")
    source = re.search(r'<img src="([^"]+)"', page)[1]
    assert photo_entry(data)["sha256"] in source
    assert ben.get(source).mimetype == "image/jpeg"


@pytest.fixture
def answer_of(sign_in, accepted):
    def open_answer(name: str, section: str = "clean", question: str = "floors") -> str:
        return text(sign_in(name).get(f"/sites/mill?visit={accepted}&section={section}&question={question}"))
    return open_answer


def test_an_answer_shows_how_it_became_the_score(answer_of):
    page = unescape(answer_of("ben", question="look"))
    trace = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td><b>(.*?)</b></td><td class=\"quiet\">(.*?)</td></tr>", page)
    assert trace == [("Points", "3 of 4", ""), ("Weight in section", "1", ""), ("Cleanliness", "7 of 8", "= 87.5"),
                     ("Section weight", "1 of 3", ""), ("Visit", "95.8", "rounded from 95.833"), ("Site, 1 visit", "96", "mean of visits")]


def test_managers_read_the_comment_beside_the_photo(answer_of):
    assert "Spotless." in answer_of("ben")


def test_staff_read_neither_comments_nor_hours_nor_names(answer_of):
    page = answer_of("dora")
    assert "Floors are swept every two hours." in page
    assert "<img src=" in page
    for hidden in ("Spotless.", "11:04", "11:44", "10:04", "Amira", "/compare", "report.pdf", "Short line"):
        assert hidden not in page


def test_nobody_reads_the_inspectors_name_here(answer_of):
    for name in ("ben", "chen", "eva"):
        assert "Amira" not in answer_of(name)


@pytest.mark.usefixtures("accepted")
def test_staff_go_straight_to_their_one_site(sign_in):
    answer = sign_in("dora").get("/sites")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sites/mill")


@pytest.mark.parametrize("address", ["/sites/quay", "/sites/nowhere", "/sites/quay.csv", "/sites/quay/scorecard.pdf"])
def test_a_site_elsewhere_is_not_there(sign_in, address):
    assert sign_in("dora").get(address).status_code == 404


def test_a_visit_of_another_site_is_not_opened_here(sign_in, accepted):
    assert sign_in("ben").get(f"/sites/quay?visit={accepted}").status_code == 404


@pytest.mark.parametrize("query", ["from=x", "to=2026-13-01", "questionnaire=nothing", "section=%2F", "visit=a/b"])
def test_a_filter_that_cannot_be_read_is_refused(sign_in, query):
    assert sign_in("ben").get(f"/sites/mill?{query}").status_code == 422


def test_a_site_without_a_visit_says_so_and_opens_from_the_overview(sign_in, accepted):
    page = text(sign_in("ben").get("/sites/quay?questionnaire=small&from=2026-09-01&to=2026-11-30"))
    assert "No accepted visit yet." in page


def test_the_chart_has_a_real_table_behind_it(sign_in, world, database):
    with database.write() as session:
        several(session, world, "mill", 80.0, 85.0, on=date(2026, 9, 5))
    ben = sign_in("ben")
    page = text(ben.get("/sites/mill"))
    assert page.count("<title>5 Sep") == 2
    table = text(ben.get("/sites/mill?as=table"))
    assert sorted(re.findall(r'class="count">([\d.]+)<', table)) == ["80.0", "85.0"]


def test_a_new_version_breaks_the_chart_and_counts_all_the_same(sign_in, world, database):
    with database.write() as session:
        several(session, world, "mill", 80.0, on=date(2026, 9, 5))
        changed = questionnaire(version=2)
        changed["sections"][0]["questions"][0]["text"]["en"] = "Asked in another way?"
        newer = publish_questionnaire(session, SYSTEM, dumps(changed))
        visit(session, world, "mill", 90.0, on=date(2026, 9, 15), version_id=newer.id)
    page = text(sign_in("ben").get("/sites/mill"))
    assert "version 2</text>" in page
    assert "1 visit was made with another version of the questionnaire." in page
    assert "<b>85</b>" in page


def test_a_new_version_that_asks_the_same_breaks_nothing(sign_in, world, database):
    with database.write() as session:
        several(session, world, "mill", 80.0, on=date(2026, 9, 5))
        newer = publish_questionnaire(session, SYSTEM, dumps(questionnaire(version=2)))
        visit(session, world, "mill", 90.0, on=date(2026, 9, 15), version_id=newer.id)
    page = text(sign_in("ben").get("/sites/mill"))
    assert "version 2</text>" not in page
    assert "another version" not in page


def test_the_list_is_searched_and_paged_by_key(sign_in, world):
    eva = sign_in("eva")
    page = text(eva.get("/sites?q=QUAY"))
    assert "Quay Street" in page and "Mill Street" not in page
    assert "No site found." in text(eva.get("/sites?q=%25"))
    after = text(eva.get("/sites?after=canal+Canal+Street"))
    assert "Mill Street" in after and "Canal Street" not in after


def test_visits_leave_as_a_spreadsheet_with_days_only(sign_in, accepted):
    lines = sign_in("dora").get("/sites/mill.csv").data.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[:4] == ["mill", "Mill Street", "2026-11-20", "95.8"]
    assert ":" not in lines[1]


def test_the_sheet_prints_on_both_papers(sign_in, accepted):
    dora = sign_in("dora")
    for paper in ("", "?paper=letter"):
        answer = dora.get(f"/sites/mill/scorecard.pdf{paper}")
        assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert dora.get("/sites/mill/scorecard.pdf?paper=a3").status_code == 422


def test_paper_speaks_the_language_that_is_asked_for(sign_in, accepted, data):
    ben = sign_in("ben")
    assert ben.get(f"/visits/{accepted}/photos/{photo_entry(data)['sha256']}?size=400").status_code == 200
    for address in ("/sites/mill/scorecard.pdf", f"/visits/{accepted}/report.pdf"):
        told = {lang: ben.get(address, query_string={"lang": lang} if lang else {}).data for lang in ("", "en", "hu", "zh-Hans", "zh-Hant")}
        assert told[""] == told["en"]
        assert [f"/Lang ({lang})".encode() in told[lang] for lang in told if lang] == [True] * 4
        assert len({*told.values()}) == 4
        assert ben.get(f"{address}?lang=xx").status_code == 422


def test_the_visits_report_is_for_managers_with_its_comments(sign_in, accepted, data):
    ben = sign_in("ben")
    assert ben.get(f"/visits/{accepted}/photos/{photo_entry(data)['sha256']}?size=400").status_code == 200
    assert ben.get(f"/visits/{accepted}/report.pdf").data.startswith(b"%PDF-")
    assert sign_in("dora").get(f"/visits/{accepted}/report.pdf").status_code == 403
    assert sign_in("otto").get(f"/visits/{accepted}/report.pdf").status_code == 404


def test_an_unreviewed_visit_changes_nothing(sign_in, world, database):
    with database.write() as session:
        visit(session, world, "mill", 12.0, state="submitted")
    assert "No accepted visit yet." in text(sign_in("ben").get("/sites/mill"))
