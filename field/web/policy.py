"""Every view says who may open it; one that says nothing is open to nobody."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, g, request
from werkzeug.exceptions import NotFound

from field.access import Role
from field.errors import Problem

View = TypeVar("View", bound=Callable)
Thing = TypeVar("Thing")


def public(view: View) -> View:
    """Declares a view that needs no sign-in."""
    view.policy = None
    return view


def allow(*roles: Role) -> Callable[[View], View]:
    """Declares the roles that may open a view; its Scope still decides what each of them finds there."""
    def declare(view: View) -> View:
        view.policy = frozenset(roles)
        return view
    return declare


#: Everybody who is signed in.
signed_in = allow(*Role)


def policy_of(view: Callable) -> frozenset[Role] | None:
    """The roles of a view, None for a public one; a view without a policy raises AttributeError."""
    return view.policy


def init_app(app: Flask) -> None:
    """Enforces the policies before any view runs."""

    @app.before_request
    def _enforce() -> None:
        if request.endpoint is None:
            return
        view = current_app.view_functions[request.endpoint]
        if not hasattr(view, "policy"):
            raise Problem("access.denied")
        roles = policy_of(view)
        if roles is None:
            return
        if g.actor is None:
            raise Problem("session.required")
        if not g.actor.has(*roles):
            raise Problem("access.denied")


def or_404(thing: Thing | None) -> Thing:
    """What was found, or 404: outside one's scope and never there look the same."""
    if thing is None:
        raise NotFound
    return thing
