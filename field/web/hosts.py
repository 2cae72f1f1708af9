"""Behind https a page answers at our own name alone, so that no other site's name can be pointed at it."""

from urllib.parse import urlsplit

from flask import Flask, request

from field.errors import Problem

#: Whoever asks from this machine.
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
#: What probes ask, which know a number at most.
_PROBED = {"/healthz", "/readyz"}


def init_app(app: Flask) -> None:
    """Refuses other names; on plain http, which is for trying, all are taken."""
    config = app.config["FIELDSCORE"]
    if not config.https:
        return
    known = {*_LOOPBACK, config.host}

    @app.before_request
    def _at_our_own_name() -> None:
        if urlsplit(f"//{request.host}").hostname not in known and request.path not in _PROBED:
            raise Problem("request.host")
