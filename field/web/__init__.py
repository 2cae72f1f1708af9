"""Pages and the sync API: one blueprint for each resource."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from field.errors import Problem
from field.web import (
    api,
    api_guard,
    assets,
    assignments,
    auth,
    compare,
    devices,
    errors,
    headers,
    health,
    hosts,
    imports,
    limits,
    links,
    me,
    metrics,
    navigation,
    overview,
    passkeys,
    people,
    photos,
    policy,
    proof,
    pwa,
    questionnaires,
    regions,
    reviews,
    scorecards,
    second_factor,
    second_step,
    sign_in,
    site_editing,
    sites,
    spreadsheets,
    visits,
    words,
)
from field.web.form_cookie import PagesOnly
from field.web.gateway import NO_ROOM

#: The longest body of a page.
_PAGE_BYTES = 8 * 1024 * 1024
_PAGES = (
    health, metrics, sign_in, second_step, passkeys, links, me, second_factor, devices, people, regions, site_editing, imports, spreadsheets,
    questionnaires, assignments, reviews, visits, photos, pwa, api, overview, sites, compare, scorecards,
)


def init_headers(app: Flask) -> None:
    """First of all, so that headers are set last of all, also on what a failed commit answers."""
    headers.init_app(app)


def init_app(app: Flask) -> None:
    app.url_map.merge_slashes = False
    app.url_map.converters.update(api.CONVERTERS)
    app.session_interface = PagesOnly()
    app.extensions["csrf"] = csrf = CSRFProtect()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    for room in (errors, limits, api_guard, auth, hosts, policy, words, assets, navigation):
        room.init_app(app)
    app.before_request(_bound_bodies)
    app.before_request(lambda: _check_token(csrf))
    proof.init_app(app)
    for page in _PAGES:
        app.register_blueprint(page.blueprint)


def _bound_bodies() -> None:
    """What a page sends is a form or a file to import; only the sync API takes visits' photos. A body must have found room."""
    if NO_ROOM in request.environ:
        raise Problem("store.full")
    if not request.path.startswith("/api/"):
        request.max_content_length = _PAGE_BYTES


def _check_token(csrf: CSRFProtect) -> None:
    """Pages carry a token; the sync API has its own rule and no expiring token. What is not there needs none."""
    if request.routing_exception is None and not request.path.startswith("/api/"):
        try:
            csrf.protect()
        except CSRFError:
            raise Problem("request.form") from None
