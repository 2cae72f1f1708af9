"""``make audit``: Lighthouse (mobile) on the app and the manager's pages; needs Node.js with npx, and Chromium."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.bench.receiving import ROOT, free_port, process

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = (("amira", "/app/"), ("ben", "/overview"), ("ben", "/sites/old-mill-arcade"), ("chen", "/reviews"))
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100}
_FLAGS = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
          "--disable-component-update --disable-sync")


def main() -> int:
    """Prints a row for each page; 1 when one is below what is wanted."""
    if not shutil.which("npx"):
        print("npx is not here: Lighthouse cannot run.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environ = {"FIELDSCORE_HOME": folder, "FIELDSCORE_BASE_URL": f"http://127.0.0.1:{port}"}
        for command in ("init", "demo"):
            subprocess.run(_flask(command), cwd=ROOT, env={**os.environ, **environ}, check=True, capture_output=True)
        with process(_flask("serve", "--port", str(port)), environ, port):
            rows = [(page, audit(port, who, page, Path(folder))) for who, page in PAGES]
    fine = True
    print(f"{'page':28}" + "".join(f"{name:>18}" for name in WANTED))
    for page, scores in rows:
        fine &= all(scores[name] >= wanted for name, wanted in WANTED.items())
        print(f"{page:28}" + "".join(f"{scores[name]:>18}" for name in WANTED))
    return 0 if fine else 1


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", *arguments]


def audit(port: int, who: str, page: str, folder: Path) -> dict[str, int]:
    """Lighthouse's scores of one page as one person sees it."""
    report = folder / "report.json"
    subprocess.run(
        ["npx", "--yes", LIGHTHOUSE, f"http://127.0.0.1:{port}{page}", "--quiet", "--output=json", f"--output-path={report}",
         f"--only-categories={','.join(WANTED)}", f"--chrome-flags={_FLAGS}", f"--extra-headers={json.dumps({'Cookie': sign_in(port, who)})}"],
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", shutil.which("chromium") or "")}, check=True, timeout=300)
    categories = json.loads(report.read_text())["categories"]
    return {name: round(categories[name]["score"] * 100) for name in WANTED}


def sign_in(port: int, who: str) -> str:
    """The cookie of a demo person."""
    from field.operations.demo_people import PASSWORD
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"http://127.0.0.1:{port}/sign-in").read().decode()
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    opener.open(f"http://127.0.0.1:{port}/sign-in", urllib.parse.urlencode(
        {"email": f"{who}@example.org", "password": PASSWORD, "csrf_token": token, "next": "/healthz"}).encode()).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar if cookie.name != "session")


if __name__ == "__main__":
    sys.exit(main())
