"""Headers that stand on every answer, errors included."""

from email.utils import format_datetime

from flask import Flask, Response, current_app, request

from field import clock

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: What no view sets itself.
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "X-Frame-Options": "DENY",
}


def init_app(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers.extend(_ALWAYS)
    response.headers["Date"] = format_datetime(clock.now(), usegmt=True)
    if request.path.startswith("/api/"):
        response.headers["X-Fieldscore"] = "1"
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    if current_app.config["FIELDSCORE"].https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


