"""The app's frame, its worker and its manifest, and what all of it weighs."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field import create_app
from field.web.assets import Assets, as_served
from field.web.pwa import FIRST_MODULES, SHELL_STYLES, kept_offline

STATIC = Path(__file__).parents[2] / "static"
_ASKED = re.compile(r"""(?:\bfrom\s*|\bimport\(\s*)["']([./][^"']+)["']""")


@pytest.fixture
def assets(app: Flask) -> Assets:
    return app.extensions["assets"]


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def test_the_frame_is_the_same_for_everybody_at_every_address(app: Flask) -> None:
    client = app.test_client()
    frame = client.get("/app/")
    assert frame.status_code == 200
    assert frame.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in frame.headers
    assert client.get("/app/visits/1?x=2").data == frame.data


def test_the_frame_obeys_its_own_security_policy(app: Flask) -> None:
    page = app.test_client().get("/app/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert "<noscript>" in page


def test_the_worker_keeps_every_module_the_app_can_ask_for(app: Flask, assets: Assets) -> None:
    worker = app.test_client().get("/app/sw.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    kept = set(kept_offline(assets))
    asked = {*FIRST_MODULES, *SHELL_STYLES}
    for path in sorted(kept):
        names = _ASKED.findall(assets.get(path).data.decode()) if path.startswith("js/") else []
        asked |= {str((STATIC / path).parent.joinpath(name).resolve().relative_to(STATIC.resolve())) for name in names if name.startswith(".")}
        asked |= {name.removeprefix("/static/") for name in names if name.startswith("/")}
    assert asked <= kept
    assert all(f"/static/{path}?v=" in worker.text for path in kept)


def test_every_file_the_worker_keeps_can_be_had_without_a_session(app: Flask, assets: Assets) -> None:
    client = app.test_client()
    assert all(client.get(assets.url(path)).status_code == 200 for path in kept_offline(assets))


def test_a_change_of_the_frame_alone_is_a_new_worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    before = client.get("/app/sw.js").text
    monkeypatch.setattr("field.web.pwa._shell", lambda: "another frame")
    assert client.get("/app/sw.js").text != before


def test_a_new_worker_waits_until_the_page_says_so(app: Flask) -> None:
    worker = app.test_client().get("/app/sw.js").text
    install = re.search(r'addEventListener\("install".*', worker)[0]
    assert "skipWaiting" not in install
    assert worker.count("skipWaiting()") == 1


def test_the_kill_switch_takes_the_worker_away_and_no_visit_with_it(tmp_path: Path) -> None:
    killed = create_app({"FIELDSCORE_HOME": str(tmp_path), "FIELD_SW_KILL": "1"})
    worker = killed.test_client().get("/app/sw.js").text
    assert "unregister()" in worker
    assert "indexedDB" not in worker
    killed.extensions["decoder"].close()


def test_the_manifest_names_icons_that_are_there(app: Flask) -> None:
    client = app.test_client()
    manifest = json.loads(client.get("/app/manifest.webmanifest").data)
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Fieldscore", "/app/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert all(client.get(icon["src"]).status_code == 200 for icon in manifest["icons"])


def test_the_first_screen_and_the_whole_app_fit_their_budgets(app: Flask, assets: Assets) -> None:
    frame = _packed(app.test_client().get("/app/").data)
    styles = sum(_packed(assets.get(path).data) for path in SHELL_STYLES)
    first = frame + styles + sum(_packed(assets.get(path).data) for path in FIRST_MODULES)
    kept = frame + sum(_packed(assets.get(path).data) for path in kept_offline(assets))
    assert first <= 60_000
    assert kept <= 120_000


def test_vendored_files_are_what_their_list_says() -> None:
    listed = json.loads((STATIC / "vendor" / "VENDOR.json").read_text())["files"]
    assert {path.name for path in (STATIC / "vendor").glob("*.js")} == set(listed)
    for name, entry in listed.items():
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == entry["sha256"]
        assert len(base64.b64decode(entry["integrity"].removeprefix("sha512-"))) == 64
        assert (STATIC / "vendor" / entry["licence_text"]).read_text().strip()


def test_no_module_is_imported_by_a_bare_name() -> None:
    for path in [*(STATIC / "js").rglob("*.js"), *(STATIC / "vendor").glob("*.js")]:
        for name in re.findall(r"""\bfrom\s*["']([^"']+)["']""", path.read_text()):
            assert name.startswith("."), f"{path.name} imports {name}"


def test_only_comments_and_indentation_are_left_out_of_what_is_served() -> None:
    source = '/** What\n * it is. */\nexport const a = "/** kept */"; // kept\n  // gone\n  const b = "  1";\n'
    assert as_served(source) == '\n\nexport const a = "/** kept */"; // kept\n\nconst b = "  1";\n'


def test_only_markup_goes_on_over_lines_because_it_loses_its_indentation() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        for line in (line for line in as_served(path.read_text()).splitlines() if line.count("`") % 2):
            assert "html`" in line or re.search(r"[^=(,:?\s]\s*`[;,)}\]]*$", line), f"{path.name}: {line}"


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not on this machine")
def test_every_served_module_still_parses(assets: Assets, tmp_path: Path) -> None:
    for path in kept_offline(assets):
        if path.startswith("js/"):
            (tmp_path / (path.replace("/", "__") + ".mjs")).write_bytes(assets.get(path).data)
    files = sorted(str(file) for file in tmp_path.glob("*.mjs"))
    check = "for (const f of process.argv.slice(1)) new (require('vm').SourceTextModule)(require('fs').readFileSync(f, 'utf8'))"
    done = subprocess.run(["node", "--experimental-vm-modules", "--no-warnings", "-e", check, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_an_app_that_knows_nobody_can_ask_without_an_error(app: Flask, amira: FlaskClient) -> None:
    assert app.test_client().get("/app/session").json == {"signed_in": False}
    assert amira.get("/app/session").json == {"signed_in": True}
    assert amira.get("/app/session").headers["Cache-Control"] == "no-store"
