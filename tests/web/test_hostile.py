"""Hostile words in every text that somebody can write: shown as they are, run by nobody, breaking nothing."""

import csv
import io
from html import unescape
from html.parser import HTMLParser

import pytest

from field.access import SYSTEM, Grant, Role
from field.models import Person, PersonRole, Region, Visit
from field.operations import reviews
from field.operations.people import add_person
from field.operations.photos import examine, mark_readable
from field.operations.regions import add_region
from field.operations.sites import SiteDetails, add_site
from tests.factories import ANSWERS, PASSWORD, actor, assignment, photo, photo_entry, revision
from tests.web.pages import send, token
from tests.web.walk import pdf_text, walk

PAYLOADS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title></textarea><blink>&amp;bold",
    "{{7*7}}${7*7}#{7*7}", "%s %(site)s %d {0} {name} %", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1|cmd", "@SUM(1,1)", "-2+3",
    "\u202egnp.exe\u202c \u0645\u0631\u062d\u0628\u0627", "<para><font size=99>x</font></para> &bogus; <a href=\"javascript:alert(1)\">y</a>",
]
CODES = [f"h{number}" for number in range(len(PAYLOADS))]


@pytest.fixture
def hostile(app, world, database, sign_in) -> dict[str, str]:
    """For each payload a region, a site and a person whose every text it is, and a visit that counts; payload to visit.

    Dora's staff of all these sites; one more visit of each is returned with the payload as the reason.
    """
    data, amira = photo(3), sign_in("amira")
    with database.write() as session:
        north, dora = session.query(Region).filter_by(code="north").one(), session.get(Person, world.people["dora"])
        for code, words in zip(CODES, PAYLOADS, strict=True):
            region = add_region(session, SYSTEM, code, name=words, parent=north)
            site = add_site(session, SYSTEM, code, region=region, details=SiteDetails(words, address=words, time_zone="Europe/Budapest"))
            world.sites[code] = site.id
            dora.roles.append(PersonRole(role=Role.STAFF, site_id=site.id))
            add_person(session, SYSTEM, f"{code}@example.org", name=words, password=PASSWORD, grants=[Grant(Role.INSPECTOR, north.id)])
            assignment(session, world, site=code).brief = words
    sent = {words: [send(amira, visit_of(world, code, words, data), [data]) for _ in range(2)] for code, words in zip(CODES, PAYLOADS, strict=True)}
    assert examine(app.extensions["photo_store"], app.extensions["decoder"], photo_entry(data)["sha256"]) is None
    with database.write() as session:
        mark_readable(session, photo_entry(data)["sha256"])
        for words, visits in sent.items():
            decide(session, world, visits, words)
    return {words: visits[0] for words, visits in sent.items()}


def visit_of(world, code, words, data):
    answers = {**ANSWERS, "floors": {"value": True, "comment": words}, "remarks": {"value": words}}
    return revision(world, site=code, answers=answers, photos=[{**photo_entry(data), "caption": words}])


def decide(session, world, visits, words):
    """The first is accepted, the second returned with the payload as the reason."""
    chen = actor(session, world.people["chen"])
    for visit in visits:
        reviews.open_review(session, chen, session.get(Visit, visit))
    reviews.accept_visit(session, chen, session.get(Visit, visits[0]), reason=words)
    reviews.return_visit(session, chen, session.get(Visit, visits[1]), reasons=[reviews.Reason("floors", words), reviews.Reason(None, words)])


class _Tags(HTMLParser):
    """What a browser would run, and the tags that only a payload could have made."""

    def __init__(self):
        super().__init__()
        self.ran = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag in ("font", "para", "blink") or (tag == "script" and "src" not in names) or names.get("src") == "x":
            self.ran.append(tag)
        self.ran += [name for name, value in attrs if name.startswith("on") or (value or "").startswith("javascript:")]


@pytest.mark.parametrize("who", ["eva", "ben", "chen", "dora"])
def test_hostile_words_are_shown_and_run_nowhere(sign_in, hostile, who):
    starts = ["/", "/sites", "/overview", "/people", "/regions", "/assignments", "/reviews", "/compare?site=h0&site=h1",
              *(f"/sites/{code}" for code in CODES), *(f"/visits/{visit}" for visit in hostile.values())]
    found = walk(sign_in(who), *starts, most=len(starts))
    pages = {address: data.decode() for address, data in found.items() if b"Content-Type: text/html" in data}
    for address, page in pages.items():
        tags = _Tags()
        tags.feed(page)
        assert tags.ran == [], address
    shown = unescape("".join(pages.values()))
    assert [words for words in PAYLOADS if words not in shown] == []


def test_no_cell_of_a_spreadsheet_begins_as_a_formula(sign_in, hostile):
    chen = sign_in("chen")
    cells = []
    for address in ("/overview.csv", *(f"/sites/{code}.csv" for code in CODES)):
        rows = list(csv.reader(io.StringIO(chen.get(address).get_data(as_text=True).lstrip("\ufeff"))))
        assert len({len(row) for row in rows}) == 1 and len(rows) > 1, address
        cells += [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "-2+3"))] == []
    assert all(any(words.lstrip("=+@-") in cell for cell in cells) for words in PAYLOADS)


def test_paper_is_printed_whatever_the_words(sign_in, hostile):
    chen = sign_in("chen")
    for code, (words, visit) in zip(CODES, hostile.items(), strict=True):
        for address in (f"/sites/{code}/scorecard.pdf", f"/visits/{visit}/report.pdf"):
            answer = chen.get(address)
            assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-"), address
            if words.isascii() and " " not in words:
                assert words[:12] in pdf_text(answer.data).replace("\n", ""), address


def test_the_phone_gets_hostile_words_as_they_are(sign_in, hostile):
    answer = sign_in("amira").get("/api/v1/bootstrap")
    assert answer.mimetype == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert set(PAYLOADS) <= {site["name"] for site in answer.json["sites"]}
    assert set(PAYLOADS) <= {planned["brief"] for planned in answer.json["assignments"]}


@pytest.mark.parametrize("words", [*PAYLOADS, "\x00nul", "x" * 5000])
def test_forms_take_or_refuse_hostile_words_and_never_break(sign_in, world, words):
    eva = sign_in("eva")
    inputs = ("name", "address", "code", "email", "password", "language", "region", "parent", "time_zone", "lat", "lon",
              "roles-0-role", "roles-0-site")
    form = {"csrf_token": token(eva, "/people/new"), **dict.fromkeys(inputs, words)}
    for address in ("/people", "/regions", "/sites", "/sites/mill/edit", "/regions/north", f"/people/{world.people['ben']}", "/assignments"):
        assert eva.post(address, data=form).status_code in (303, 422), address
    for address in ("/sites", "/overview", "/compare", "/sites/mill"):
        query = dict.fromkeys(("q", "after", "region", "site", "from", "to", "questionnaire", "sort", "page", "visit", "question"), words)
        assert eva.get(address, query_string=query).status_code in (200, 302, 404, 422), address
