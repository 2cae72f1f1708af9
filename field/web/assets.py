"""Static files: hashed once at start, served compressed, named with their hash; two style sheets are put together here.

``asset("css/desk.css")`` in a template gives the address with the file's hash. A request with the current hash may be
kept for a year, any other must ask again. The hash of all files is the build that phones name. The phone's texts are files
too: ``locale/hu.json``; English needs none.
"""

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request

from field.locale import DEFAULT, LANGUAGES, app_catalogue
from field.web.modules import together, unasked
from field.web.policy import public

blueprint = Blueprint("assets", __name__)
_COMPRESSED = (".js", ".css", ".svg", ".json", ".webmanifest", ".html", ".txt")
#: Whole-line comments and indentation of our own modules: a fifth of the app on a phone's connection. They stay in the source.
_UNREAD = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*$|//.*$)|^[ \t]+", re.MULTILINE)
#: Rises with every release; phones older than ``minimum_build`` of the bootstrap are asked to update.
BUILD_NUMBER = 1


@dataclass(frozen=True)
class Asset:
    path: str
    data: bytes
    mimetype: str

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def packed(self) -> bytes | None:
        """The gzip form, where it is worth it."""
        return gzip.compress(self.data, 9, mtime=0) if self.path.endswith(_COMPRESSED) else None


class Assets:
    """All files of the static folder, by path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {a.path: a for a in [*self._plain(), *self._sheets(), *_catalogues()]}
        sources = {path: asset.data.decode() for path, asset in self._files.items() if path.endswith(".js")}
        #: What no page or module fetches under its own name; it is served all the same.
        self.unasked = unasked(sources)
        self._files |= {path: Asset(path, text.encode(), "text/javascript") for path, text in together(sources).items()}

    def get(self, path: str) -> Asset | None:
        return self._files.get(path)

    def url(self, path: str) -> str:
        """The address of a file with its hash; a missing file is a KeyError, seen by the first test that renders it."""
        return f"/static/{path}?v={self._files[path].sha256[:12]}"

    def listing(self, *prefixes: str) -> list[Asset]:
        """Files below any of the prefixes, by path."""
        return [self._files[path] for path in sorted(self._files) if path.startswith(prefixes)]

    @cached_property
    def build(self) -> str:
        """``<integer>-<hash>``: what a phone sends as X-App-Build."""
        digest = hashlib.sha256("".join(a.sha256 for a in self.listing("")).encode()).hexdigest()
        return f"{BUILD_NUMBER}-{digest[:12]}"

    def _plain(self) -> list[Asset]:
        files = (p for p in sorted(self._folder.rglob("*")) if p.is_file() and p.suffix not in (".md", ".list"))
        return [_asset(p.relative_to(self._folder).as_posix(), p) for p in files]

    def _sheets(self) -> list[Asset]:
        """``css/x.list`` names the parts of ``css/x.css`` in order."""
        sheets = []
        for listing in sorted(self._folder.glob("css/*.list")):
            parts = [line.strip() for line in listing.read_text().splitlines() if line.strip() and not line.startswith("#")]
            data = b"\n".join((self._folder / "css" / part).read_bytes() for part in parts)
            sheets.append(Asset(f"css/{listing.stem}.css", data, "text/css"))
        return sheets


def init_app(app: Flask) -> None:
    app.extensions["assets"] = assets = Assets(Path(app.static_folder))
    app.jinja_env.globals["asset"] = assets.url
    app.register_blueprint(blueprint)


def the_assets() -> Assets:
    return current_app.extensions["assets"]


@blueprint.get("/static/<path:path>", endpoint="static")
@public
def static(path: str) -> Response:
    """One file; compressed where the browser takes it, 304 where it has it."""
    found = the_assets().get(path)
    if found is None:
        abort(404)
    packed = found.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or found.data, mimetype=found.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(found.sha256[:32])
    current = request.args.get("v") == found.sha256[:12]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response.make_conditional(request)


def _catalogues() -> list[Asset]:
    """What the phone says, one file for each language."""
    known = {language: app_catalogue(language) for language in LANGUAGES if language != DEFAULT}
    return [Asset(f"locale/{language}.json", json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")
            for language, texts in known.items()]


def _asset(name: str, path: Path) -> Asset:
    data = path.read_bytes()
    if name.startswith("js/"):
        data = as_served(data.decode()).encode()
    return Asset(name, data, _mimetype(path))


def as_served(source: str) -> str:
    """A module without indentation and the comments that have lines of their own; every line of code keeps its number."""
    return _UNREAD.sub(lambda found: "\n" * found[0].count("\n"), source)


def _mimetype(path: Path) -> str:
    known = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
    return known.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
