"""One session for each request; the one place in a request that commits."""

from functools import partial

from flask import Flask, Response, current_app, g, request

from field import faults
from field.db.engine import Database
from field.db.session import UnitOfWork


def init_app(app: Flask, database: Database) -> None:
    """Gives every request ``g.session`` and commits it after the view, before the answer leaves.

    Flask runs ``after_request`` functions in reverse: register this room second, after the headers, so that the
    commit follows everything else and a commit that fails is still answered with all headers.
    """
    app.extensions["database"] = database

    @app.before_request
    def _open() -> None:
        g.session = database.session()

    app.after_request(_settle)

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        session = g.pop("session", None)
        if session is not None:
            session.close()


def _settle(response: Response) -> Response:
    """Commits what the view wrote, unless ``g.refused`` says that nothing may stay."""
    session = g.get("session")
    if session is None or not session.in_transaction():
        return response
    try:
        session.rollback() if g.get("refused") else _commit(session, response)
    except Exception as error:
        session.rollback()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _commit(session: UnitOfWork, response: Response) -> None:
    faults.at(request.endpoint, "committing")
    session.commit()
    faults.at(request.endpoint, "committed")
    response.call_on_close(partial(faults.at, request.endpoint, "answered"))
