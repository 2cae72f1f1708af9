"""What every request of the sync API must be before its person is looked at (``protocol.md`` §2, order of checks)."""

import base64
import hashlib
import re

from flask import Flask, current_app, request
from werkzeug.datastructures import Headers

from field.errors import Problem
from field.sync.pull import MINIMUM_BUILD
from field.sync.shape import is_uuid
from field.sync.strict_json import MAX_BYTES

_SAFE = {"GET", "HEAD", "OPTIONS"}
#: Only the number counts; how the rest is written is the phone's own affair.
_BUILD = re.compile(r"([0-9]{1,1000})-\S+\Z")
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:;[^,]*)?(?=,|$)")


def init_app(app: Flask) -> None:
    """Refuses requests from other sites before anything is known of the person; registered before the policies."""
    app.before_request(_same_site)


def _same_site() -> None:
    if not request.path.startswith("/api/") or request.method in _SAFE:
        return
    if request.headers.get("X-Requested-With") != "fieldscore" or not _from_here(request.headers):
        raise Problem("request.cross_site")


def _from_here(headers: Headers) -> bool:
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    settings = current_app.config["FIELDSCORE"]
    return origin is None or origin == settings.base_url.rstrip("/") or not settings.https and origin == request.host_url.rstrip("/")


def check_headers(*, any_build: bool = False) -> None:
    """``request.headers``, then ``client.too_old``; bootstrap takes any build, so that an old app can be told."""
    build = _BUILD.match(request.headers.get("X-App-Build", ""))
    if not build or not is_uuid(request.headers.get("X-Device")):
        raise Problem("request.headers")
    if int(build.group(1)) < MINIMUM_BUILD and not any_build:
        raise Problem("client.too_old")


def read_body(limit: int, *, too_large: str = "request.too_large") -> bytes:
    """The body, whole: length there, within the limit, not encoded, and as long as it was announced."""
    if request.content_length is None:
        raise Problem("request.length_required")
    if request.content_length > limit:
        raise Problem(too_large, limit=limit // 2**20)
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Problem("request.media")
    body = request.environ["wsgi.input"].read()  # all that came, taken in by the gateway
    if len(body) != request.content_length:
        raise Problem("digest.mismatch")
    return body


def read_json_body() -> bytes:
    """A JSON body whose bytes are those that its Content-Digest promises."""
    body = read_body(MAX_BYTES)
    promised = _DIGEST.search(request.headers.get("Content-Digest", ""))
    if not promised:
        raise Problem("digest.required")
    if base64.b64decode(promised.group(1)) != hashlib.sha256(body).digest():
        raise Problem("digest.mismatch")
    return body
