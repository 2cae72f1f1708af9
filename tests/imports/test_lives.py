"""County records: every row is a site, a visit, or left out for one reason; spellings and bytes are mended."""

import json

import pytest

from field.errors import Problem
from field.imports import lives
from field.imports.lives_questionnaire import QUESTION, document
from field.questionnaire import check, load, score
from tests.imports.records import small_county


@pytest.fixture
def small(tmp_path):
    return lives.read(small_county(tmp_path))


def explained(found):
    """Rows that the counts explain: sites and repeats, visits and everything left out."""
    tally = found.tally
    return len(found.businesses) + tally.repeats, len(found.inspections) + sum(tally.left_out.values())


def test_every_row_of_a_small_county_is_explained(small):
    assert explained(small) == (small.tally.business_rows, small.tally.inspection_rows) == (5, 9)
    assert small.tally.left_out == {"repeat": 1, "no_score": 1, "odd_score": 2, "no_day": 1, "no_business": 1}


def test_names_addresses_and_cities_are_mended(small):
    first, two, three, four = small.businesses
    assert (first.name, first.address, first.city) == ("CAFÉ ONE", "1 MAIN ST, Raleigh, 27601", "Raleigh")
    assert [one.city for one in (two, three, four)] == ["Raleigh", "Fuquay-Varina", ""]
    assert (small.tally.not_utf8, small.tally.encodings) == (2, ("utf-8", "windows-1252"))


@pytest.mark.parametrize("written, meant", [
    ("RALEIGH", "Raleigh"), (" raleigh ", "Raleigh"), ("WAKE  FOREST", "Wake Forest"), ("RDU", "RDU Airport"),
    ("FUQUAY-VARINA", "Fuquay-Varina"), ("Fuquay Varina ", "Fuquay-Varina"), ("MORRISVILE", "Morrisville"), ("RTP", "Research Triangle Park"),
])
def test_a_city_is_written_as_one_writes_it(written, meant):
    assert lives.city(written) == meant


def test_the_same_records_give_the_same_ids(small, tmp_path):
    assert [one.visit for one in lives.read(tmp_path).inspections] == [one.visit for one in small.inspections]
    assert len({one.visit for one in small.inspections}) == 3


def test_a_folder_without_a_file_or_a_column_is_refused(tmp_path):
    small_county(tmp_path)
    (tmp_path / "businesses.csv").write_text("business_id,name\n1,One\n")
    with pytest.raises(Problem) as caught:
        lives.read(tmp_path)
    assert [mistake.path for mistake in caught.value.errors] == ["/businesses.csv"]
    (tmp_path / "businesses.csv").unlink()
    with pytest.raises(Problem) as caught:
        lives.read(tmp_path)
    assert [mistake.code for mistake in caught.value.errors] == ["file.missing"]


@pytest.mark.parametrize("written", ["0", "0.5", "72", "96.5", "99.5", "100"])
def test_the_score_of_the_county_is_the_score_of_the_visit(written):
    assert check(json.loads(document())) == []
    assert score(load(json.loads(document())), {QUESTION: {"value": written}}).overall == float(written)


def test_the_records_of_wake_county_add_up(shared):
    found = lives.read(shared / "data/lives-wake")
    tally = found.tally
    assert explained(found) == (tally.business_rows, tally.inspection_rows) == (4573, 13499)
    assert (len(found.businesses), tally.repeats, len(found.inspections)) == (2803, 1770, 13434)
    assert tally.left_out == {"no_score": 64, "repeat": 1}
    assert (tally.spellings, len(found.cities), tally.not_utf8) == (23, 18, 5)
    assert len({one.code for one in found.businesses}) == 2803
    assert len({one.visit for one in found.inspections}) == 13434
