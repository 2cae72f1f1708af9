"""Flask's own cookie, which guards the forms of pages; the sync API has no forms and does without."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class PagesOnly(SecureCookieSessionInterface):
    """Nothing to read, sign or set on the sync API."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if request.path.startswith("/api/") else super().open_session(app, request)
