"""A line to the application in this process that fails as it is told, and an application that can die at a named point."""

from collections.abc import Mapping

from flask import Flask

from field import faults
from tests.faults.phones import Answer
from tests.faults.wire import in_process
from tests.faults.worlds import Place

#: What may befall the next request on the wire.
WIRE = ("fine", "request lost", "answer lost", "twice", "damaged", "portal")


class Died(BaseException):
    """The process ends here; nothing of ours may catch it."""


class Line:
    """Carries requests of one person to ``app``, which lives on the database and the photos of ``place``.

    ``next`` befalls the next request; ``dies_at`` ends the application at a point, ``fails`` is a plan of ``field/faults.py``.
    """

    def __init__(self, app: Flask, place: Place, cookie: str) -> None:
        self.app, self._place = app, place
        self._ask = in_process(app, cookie)
        self.calm()
        self.restart()

    def calm(self) -> None:
        """Whatever was still to come does not."""
        self.next, self.dies_at, self.fails = "fine", "", ""

    def restart(self) -> None:
        """Another process on the same disk: no connection, no lock and nothing that was remembered is left."""
        faults.arm("")
        database, store = self.app.extensions["database"], self.app.extensions["photo_store"]
        database.dispose()
        database.__init__(self._place.database_url)
        store.__init__(self._place.photos)

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        befalls, self.next = self.next, "fine"
        if befalls in ("request lost", "portal"):
            return Answer(200, b"<!doctype html>") if befalls == "portal" else None
        if befalls == "damaged" and body:
            body = body[:-3] + bytes([body[-3] ^ 4]) + body[-2:]
        answer = self._arrive(method, path, headers, body)
        if befalls == "twice":
            answer = self._arrive(method, path, headers, body)
        return None if befalls == "answer lost" else answer

    def _arrive(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        self._arm()
        try:
            return self._ask(method, path, headers, body)
        except Died:
            self.restart()
            return None
        finally:
            faults.arm("")
            self.dies_at = self.fails = ""

    def _arm(self) -> None:
        faults.arm(self.fails)
        if self.dies_at:
            faults.at = self._die

    def _die(self, subject: str, step: str) -> None:
        if f"{subject}.{step}" == self.dies_at:
            raise Died
