"""Trying what a form asks for: shape first, then the operation; a refusal comes back to the page with all that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from flask import Response, after_this_request, flash, g
from flask_wtf import FlaskForm

from field.errors import Problem

T = TypeVar("T")

#: Refusals that a person can mend on the page they came from.
_MENDABLE = (401, 409, 413, 415, 422, 429)


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """What the operation gave, or why not: ``problem`` is empty where the form's own checks failed."""

    thing: T | None = None
    problem: Problem | None = None

    @property
    def status(self) -> int:
        return self.problem.status if self.problem else 422


def attempt(form: FlaskForm, act: Callable[[], T]) -> Attempt[T]:
    """Calls the operation when the form's shape is right; nothing of a refused one is kept."""
    if not form.validate():
        g.refused = True
        return Attempt()
    try:
        return Attempt(act())
    except Problem as problem:
        if problem.status not in _MENDABLE:
            raise
        g.refused = not problem.keeps
        say_when(problem)
        return Attempt(problem=problem)


def say_when(problem: Problem) -> None:
    """Lets the answer say when it is worth trying again, whatever page it is."""
    if problem.retry_after is not None:
        after_this_request(partial(_with_time, seconds=problem.retry_after))


def _with_time(response: Response, *, seconds: int) -> Response:
    response.headers["Retry-After"] = str(seconds)
    return response


def say(text: str) -> None:
    """What was done, for the status line of the next page."""
    flash(text)
