"""Tables handed in on pages and by command: a template, everything or nothing, faults by row and column."""

import io

import pytest

from field.imports.subjects import SUBJECTS
from field.models import Person, Region
from tests.sync.evidence import command
from tests.web.pages import text, token


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def hand_in(client, subject, data, encoding="utf-8"):
    form = {"csrf_token": token(client, f"/imports/{subject}"), "encoding": encoding, "file": (io.BytesIO(data), "table.csv")}
    return client.post(f"/imports/{subject}", data=form, content_type="multipart/form-data")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_template_names_the_columns(eva, subject):
    answer = eva.get(f"/imports/{subject}/template.csv")
    assert answer.data.decode("utf-8-sig") == ",".join(column.name for column in SUBJECTS[subject]) + "\r\n"


def test_a_table_is_taken_in(eva, database):
    assert hand_in(eva, "regions", b"code,name,parent\nwest,West,acme\n").status_code == 303
    with database.read() as session:
        assert session.query(Region).filter_by(code="west").count() == 1


def test_faults_are_shown_by_row_and_column_and_nothing_is_kept(eva, database):
    answer = hand_in(eva, "regions", b"code,name\nwest,West\nWest Side,West\n")
    assert answer.status_code == 422
    assert '<th scope="row">Row 3</th><td>code</td>' in text(answer)
    with database.read() as session:
        assert session.query(Region).filter_by(code="west").count() == 0


def test_bytes_that_are_not_utf_8_are_said_and_taken_when_their_encoding_is_chosen(eva, database):
    table = b"code,name\ncafe,Caf\xe9\n"
    assert "A letter here is not UTF-8" in text(hand_in(eva, "regions", table))
    assert hand_in(eva, "regions", table, "windows-1252").status_code == 303
    with database.read() as session:
        assert session.query(Region).filter_by(code="cafe").one().name == "Café"


def test_people_get_a_link_each_and_no_password(eva, database):
    answer = hand_in(eva, "people", b"email,name,role\nfay@example.org,Fay,inspector\n")
    assert answer.status_code == 201
    assert "/links/" in text(answer)
    with database.read() as session:
        assert session.query(Person).filter_by(email="fay@example.org").one().password_hash == ""


def test_a_form_without_a_file_says_so(eva):
    form = {"csrf_token": token(eva, "/imports/sites"), "encoding": "utf-8"}
    answer = eva.post("/imports/sites", data=form)
    assert (answer.status_code, "Choose a file." in text(answer)) == (422, True)


def test_what_cannot_be_handed_in_has_no_page(eva):
    assert eva.get("/imports/visits").status_code == 404


def test_the_command_says_faults_and_keeps_nothing(app, world, database, tmp_path):
    (tmp_path / "regions.csv").write_text("code,name\nwest,West\nacme,Acme\n")
    told = command(app, "import", "regions", str(tmp_path / "regions.csv"))
    assert told.exit_code == 1
    assert "row 3, code: There is a region with this code" in told.output
    (tmp_path / "regions.csv").write_text("code,name\nwest,West\n")
    assert "1 row is taken in." in command(app, "import", "regions", str(tmp_path / "regions.csv")).output
