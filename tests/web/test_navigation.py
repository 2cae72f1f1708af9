"""The desk's frame: a person sees the pages they may open, and each of them opens."""

import re

import pytest

from tests.web.pages import text

PAGES = {
    "chen": ["/reviews", "/overview", "/sites", "/questionnaires"],
    "ben": ["/overview", "/sites", "/questionnaires"],
    "dora": ["/sites"],
    "eva": ["/reviews", "/overview", "/sites", "/assignments", "/questionnaires", "/regions", "/people"],
}


def shown(page: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)"', page.split('class="desk-nav"', 1)[1].split("</nav>", 1)[0])


@pytest.mark.parametrize("name", PAGES)
def test_each_person_is_offered_what_they_may_open(sign_in, name):
    client = sign_in(name)
    assert shown(text(client.get("/devices"))) == PAGES[name]
    assert [client.get(address, follow_redirects=True).status_code for address in PAGES[name]] == [200] * len(PAGES[name])


def test_the_page_one_is_on_is_marked_once(sign_in):
    frame = text(sign_in("eva").get("/people/new")).split('class="desk-nav"', 1)[1].split("</nav>", 1)[0]
    assert frame.count("aria-current") == 1
    assert '<a href="/people" aria-current="page">' in frame


def test_nothing_on_a_page_is_inline(sign_in):
    client = sign_in("eva")
    for address in (*PAGES["eva"], "/people/new", "/sites/new", "/assignments/new", "/questionnaires/new"):
        page = text(client.get(address))
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page), address
