"""Every view says who may open it; one that says nothing is open to nobody."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.exceptions import NotFound

from field.access import Role
from field.errors import Problem
from field.models.scope import Scope

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


def during(*steps: str) -> Callable[[View], View]:
    """Opens a view also to those who are half-way through signing in, at one of these steps (``auth.Pending``)."""
    def declare(view: View) -> View:
        view.steps = frozenset(steps)
        return view
    return declare


def fresh(view: View) -> View:
    """Declares a view that wants the person to have shown within ten minutes that it is them (``field.web.proof``)."""
    view.fresh = True
    return view


def policy_of(view: Callable) -> frozenset[Role] | None:
    """The roles of a view, None for a public one; a view without a policy raises AttributeError."""
    return view.policy


def init_app(app: Flask) -> None:
    """Enforces the policies before any view runs."""

    @app.before_request
    def _enforce() -> Response | None:
        if request.endpoint is None:
            return None
        view = current_app.view_functions[request.endpoint]
        if not hasattr(view, "policy"):
            raise Problem("access.denied")
        roles = policy_of(view)
        if roles is None:
            return None
        if g.actor is None and (led := _at_a_step(view)):
            return led
        if g.actor is None:
            raise Problem("session.required")
        if not g.actor.has(*roles):
            raise Problem("access.denied")
        return None


def _at_a_step(view: Callable) -> Response | None:
    """Lets one who is half-way in act where the view is open at their step; leads them to that step from any other page."""
    if g.pending is None:
        return None
    if g.pending.step in getattr(view, "steps", ()):
        g.actor, g.scope = g.pending.actor, Scope(g.pending.actor)
        return None
    if request.method == "GET" and not request.path.startswith("/api/"):
        return redirect(g.pending.page(request.full_path.rstrip("?")), 303)
    return None


def or_404(thing: Thing | None) -> Thing:
    """What was found, or 404: outside one's scope and never there look the same."""
    if thing is None:
        raise NotFound
    return thing
