"""Who may import whom, and what the repository holds: house.md §1, checked."""

import hashlib
import json
import re

import pytest

from tests.house import ROOT, files, foreign, imports, js_imports, parsed, read, tracked

_TOP = {
    "app.py", "field", "forms", "static", "templates", "tests", "requirements.txt", "README.md",
    ".ci", ".gitignore", "Makefile", "pyproject.toml", "deploy",
}

#: Floors of the house, from the ground up. A room may import its own files and rooms on lower floors only.
_FLOORS = (
    {"clock", "faults", "locale"}, {"access", "errors", "config", "certificates"}, {"content", "questionnaire", "stats"}, {"models", "imports"}, {"photos", "jobs.queue", "jobs.bell"},
    {"reports"}, {"operations"}, {"sync"}, {"jobs.work"}, {"jobs.tasks"}, {"jobs.worker"}, {"web"}, {"cli"},
)
_FLOOR_OF = {room: level for level, rooms in enumerate(_FLOORS) for room in rooms}
#: Rooms beside the floors, and all that each may import.
_BESIDE = {"db": {"errors", "faults", "models"}, "logs": set(), "": {"cli", "config", "db", "faults", "jobs.bell", "jobs.queue", "logs", "photos", "sync", "web"}}
#: Only the composing rooms and the tests know the database's room.
_KNOW_DB = {"", "cli", "jobs.worker"}
_PURE = {"questionnaire", "stats"}

#: Third-party packages that only some rooms know.
_KNOWN_TO = {
    "flask": {"", "web", "cli", "db", "logs"}, "flask_wtf": {"forms", "web"}, "wtforms": {"forms"}, "PIL": {"photos"},
    "boto3": {"photos"}, "botocore": {"photos"}, "pi_heif": {"photos"},
    "reportlab": {"reports"}, "uharfbuzz": {"reports"}, "budoux": {"reports"}, "segno": {"reports", "cli"}, "alembic": {"db"}, "granian": {"web"}, "limits": {"web"}, "redis": {"jobs.bell"}, "argon2": {"operations"},
    "cryptography": {"sync", "certificates", "operations"}, "pyotp": {"operations"}, "webauthn": {"operations"}, "openpyxl": {"imports"}, "xlsxwriter": {"imports"}, "click": {"cli"}, "scipy": {"stats"}, "werkzeug": {"web"},
}

_JS_MAY = {
    "inspector.js": {"ui", "sync", "store", "lib"}, "desk.js": {"desk", "lib"}, "desk": {"lib"},
    "ui": {"sync", "store", "questionnaire", "lib", "vendor"}, "sync": {"store", "questionnaire", "lib"},
    "store": {"lib", "vendor"}, "questionnaire": {"lib"},
    "lib": set(), "photo-worker.js": {"lib"},
}


def room(path: str) -> str:
    """The room that a Python file of ours stands in; cli_*.py belong to cli, the tests are no room."""
    parts = path.removesuffix(".py").split("/")
    if parts[0] != "field":
        return parts[0]
    return _room_of([part for part in parts[1:] if part != "__init__"])


def _room_of(parts: list[str]) -> str:
    if not parts or parts == ["create_app"]:
        return ""
    if parts[0] == "jobs":
        return ".".join(parts[:2])
    return "cli" if parts[0].startswith("cli_") else parts[0]


def rooms_imported(path: str) -> set[str]:
    """Rooms of ours that a file imports."""
    names = [name.split(".") for name in imports(path)]
    return {_room_of(parts[1:]) for parts in names if parts[0] == "field"} | {"forms" for parts in names if parts[0] == "forms"}


def may_import(here: str, there: str) -> bool:
    """Whether a room of ``field`` or ``forms`` may know another one."""
    if here == there:
        return True
    if there == "db":
        return here in _KNOW_DB
    if here in _BESIDE:
        return there in _BESIDE[here]
    if here == "forms":
        return there in {"questionnaire", "errors", "locale", "access"}
    if there == "forms":
        return here == "web"
    return there in _FLOOR_OF and here in _FLOOR_OF and _FLOOR_OF[there] < _FLOOR_OF[here]


OURS = files(".py", under=("field/", "forms/"), besides=("field/db/migrations/",))


def test_every_room_has_its_floor():
    known = set(_FLOOR_OF) | set(_BESIDE) | {"forms", "jobs"}
    assert {room(path) for path in OURS} <= known


def test_imports_go_downwards_only():
    wrong = [(path, there) for path in OURS for there in sorted(rooms_imported(path)) if not may_import(room(path), there)]
    assert wrong == []


def test_imports_are_absolute():
    assert [path for path in files(".py") if any(name.startswith(".") for name in imports(path))] == []


def test_packages_are_known_only_where_they_belong():
    wrong = [(path, name) for path in OURS for name in foreign(path) if room(path) not in _KNOWN_TO.get(name, {room(path)})]
    assert wrong == []


def test_the_pure_rooms_know_neither_clock_nor_packages_but_numbers():
    for path in (each for each in OURS if room(each) in _PURE):
        assert rooms_imported(path) <= {"errors", "locale", room(path)}, path
        assert foreign(path) <= ({"numpy", "scipy"} if room(path) == "stats" else set()), path


def test_only_the_clock_asks_the_time():
    asking = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time\(")
    assert [path for path in OURS if asking.search(read(path)) and room(path) != "clock"] == []


def test_only_db_and_its_keepers_commit():
    commits = re.compile(r"\b(?:session|connection)\.commit\(|\.checkpoint\(")
    may = {"field/web/auth.py", "field/web/proof.py"}
    assert [path for path in OURS if commits.search(read(path)) and room(path) != "db" and path not in may] == []


@pytest.mark.parametrize("path", files(".js", under=("static/js/",)))
def test_javascript_imports_go_downwards_only(path):
    here = path.split("/")[2]
    for name in js_imports(path):
        assert (ROOT / name).is_file(), f"{path} imports {name}, which is not there"
        there = "vendor" if name.startswith("static/vendor/") else name.split("/")[2]
        assert there == here or there in _JS_MAY[here], f"{path} may not import {name}"


def test_the_engine_has_neither_page_nor_network():
    words = re.compile(r"\b(?:document|window|navigator|localStorage|fetch\(|XMLHttpRequest|indexedDB)\b")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", read("static/js/sync/engine.js"), flags=re.S)
    assert words.findall(code) == []


def test_the_top_level_is_the_owners():
    assert {path.split("/")[0] for path in tracked()} <= _TOP


def test_app_is_one_line():
    assert [line for line in read("app.py").splitlines() if line.startswith("app = ")] == ["app = create_app()"]
    assert len(parsed("app.py").body) == 3


def test_vendored_files_are_those_that_were_named():
    listed = json.loads(read("static/vendor/VENDOR.json"))["files"]
    there = {path.rsplit("/", 1)[1] for path in files("", under=("static/vendor/",), besides=("static/vendor/licences/",))}
    assert there == {*listed, "VENDOR.json"}
    for name, about in listed.items():
        assert hashlib.sha256((ROOT / "static/vendor" / name).read_bytes()).hexdigest() == about["sha256"], name
        assert (ROOT / "static/vendor" / about["licence_text"]).is_file()
        assert about["version"] and about["integrity"].startswith("sha512-")
