"""The phone app's frame: a page without anybody's data, its worker and its manifest. The rest is static files."""

import gzip
import hashlib

from flask import Blueprint, Response, current_app, g, jsonify, redirect, render_template, request

from field.locale import DEFAULT, LANGUAGES, N_, translator
from field.web.assets import Assets, the_assets
from field.web.modules import ENTRY, TOGETHER
from field.web.policy import public

blueprint = Blueprint("pwa", __name__)

#: What the first screen waits for.
FIRST_MODULES = (ENTRY, TOGETHER)
SHELL_STYLES = ("css/inspector.css",)
_DESCRIPTION = N_("Visits, scored on the spot, with or without a network.")
_NO_SCRIPT = N_("Fieldscore needs JavaScript to keep a visit on this phone. Switch it on and load this page again.")
_KEPT = (ENTRY, TOGETHER, "js/photo-worker.js", "js/lib/", "js/questionnaire/", "js/store/", "js/sync/", "js/ui/", "vendor/", *SHELL_STYLES)


@blueprint.get("/app")
@public
def lead_in() -> Response:
    """To the app, without the scheme that a proxy speaks with us."""
    return redirect("/app/", 308)


@blueprint.get("/app/")
@blueprint.get("/app/<path:screen>")
@public
def shell(screen: str = "") -> Response:
    """The same page at every address of the app: the worker keeps it, the app reads the address."""
    return _fresh(_shell(), "text/html")


@blueprint.get("/app/sw.js")
@public
def worker() -> Response:
    """The worker, or, with FIELD_SW_KILL, one that takes itself away and leaves what was written on the phone."""
    if current_app.config["FIELDSCORE"].kill_worker:
        return _fresh(render_template("pwa/sw-kill.js"), "text/javascript")
    assets = the_assets()
    files = [assets.url(path) for path in kept_offline(assets)]
    catalogues = [assets.url(f"locale/{language}.json") for language in LANGUAGES if language != DEFAULT]
    version = hashlib.sha256("".join([_shell(), *files, *catalogues]).encode()).hexdigest()[:12]
    return _fresh(render_template("pwa/sw.js", version=version, files=files, catalogues=catalogues), "text/javascript")


@blueprint.get("/app/session")
@public
def session() -> Response:
    """Whether anybody is signed in, said without an error: what an app asks that knows nobody yet."""
    response = jsonify(signed_in=g.actor is not None)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/app/manifest.webmanifest")
@public
def manifest() -> Response:
    return _fresh(render_template("pwa/manifest.webmanifest"), "application/manifest+json")


def kept_offline(assets: Assets) -> list[str]:
    """Paths of the static files that the worker keeps."""
    return [a.path for a in assets.listing(*_KEPT) if a.path.endswith((".js", ".css")) and a.path not in assets.unasked]


def _shell() -> str:
    """The same bytes whoever asks, in whatever language: what needs no script comes in all of them."""
    assets = the_assets()
    return render_template("pwa/app.html", build=assets.build, description=_DESCRIPTION, styles=SHELL_STYLES, entry=ENTRY, modules=FIRST_MODULES,
                           no_script={language: translator(language)(_NO_SCRIPT) for language in LANGUAGES})


def _fresh(text: str, mimetype: str) -> Response:
    """An answer that may be kept but is asked for anew each time; compressed where the browser takes it."""
    data = text.encode()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(gzip.compress(data, 9, mtime=0) if packed else data, mimetype=mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(data).hexdigest()[:32], weak=True)
    return response.make_conditional(request)
