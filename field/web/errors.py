"""Every refusal is rendered here: a page for people, ``application/problem+json`` for phones; never half a commit."""

import json
import logging

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from field.errors import Problem
from field.models.faults import is_busy, is_full, is_unsayable
from field.web.words import current

_LOG = logging.getLogger("field.web")
_BY_STATUS = {400: "request.invalid", 404: "request.not_found", 405: "request.method", 411: "request.length_required",
              413: "request.too_large", 415: "request.media", 429: "request.too_many"}


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def render(problem: Problem) -> Response:
    """The answer for a problem, by who asks."""
    response = _as_json(problem) if request.path.startswith("/api/") else _as_page(problem)
    response.status_code = problem.status
    if problem.retry_after is not None or problem.status in (503, 507):
        response.headers["Retry-After"] = str(problem.retry_after if problem.retry_after is not None else 5)
    return response


def _as_json(problem: Problem) -> Response:
    body = json.dumps(problem.as_json(current()), ensure_ascii=False, sort_keys=True)
    return Response(body, mimetype="application/problem+json")


def _as_page(problem: Problem) -> Response:
    t = current()
    page = render_template("errors/problem.html", problem=problem, title=problem.title(t), detail=problem.detail(t))
    return Response(page, mimetype="text/html")


def _problem(problem: Problem) -> Response:
    g.refused = not problem.keeps
    return render(problem)


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()
    g.refused = True
    code = _BY_STATUS.get(error.code or 500, "request.invalid")
    response = render(Problem(code, limit=_limit()))
    if error.code == 405:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or []))
    return response


def _limit() -> int:
    """What a request may bring, in MB."""
    return (request.max_content_length or 0) // 2**20


def _unexpected(error: Exception) -> Response:
    g.refused = True
    return render(_from_unexpected(error))


def _from_unexpected(error: BaseException) -> Problem:
    if is_full(error):
        return Problem("store.full")
    if is_busy(error):
        _LOG.warning("unavailable", extra={"endpoint": request.endpoint, "code": type(error).__name__})
        return Problem("store.busy")
    if is_unsayable(error):
        return Problem("request.unsayable")
    _LOG.exception("unexpected", extra={"endpoint": request.endpoint})
    return Problem("server.broken")
