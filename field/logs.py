"""Logs: one JSON object a line, in UTC, about requests and not about people: no bodies, queries, names or tokens."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_EXTRAS = ("endpoint", "method", "status", "ms", "job", "count", "code")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line; line breaks cannot be smuggled in because JSON escapes them."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": moment, "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        line |= {name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return _ENCODE(line)


def _where(record: logging.LogRecord) -> list[str]:
    """The way through the code, without the values that were in it."""
    places, trace = [], record.exc_info[2]
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]


def init_app(app: Flask) -> None:
    """Logs every request but those that ask for health, and sends all logs to standard error as JSON."""
    root = logging.getLogger("field")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        root.propagate = False
    log = logging.getLogger("field.request")

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        if response.status_code >= 500 or (log.isEnabledFor(logging.INFO) and request.endpoint not in ("health.healthz", "assets.static")):
            ms = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
            log.info("answered", extra={"endpoint": request.endpoint, "method": request.method, "status": response.status_code, "ms": ms})
        return response
