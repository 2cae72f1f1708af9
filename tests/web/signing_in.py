"""Signing in as people do, step by step, and a person's app for codes."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from field import clock
from tests.factories import PASSWORD
from tests.web.pages import text, token


def configure(app: Flask, **settings: object) -> Flask:
    """The application under other settings; they are frozen, so that they are swapped whole."""
    app.config["FIELDSCORE"] = replace(app.config["FIELDSCORE"], **settings)
    return app


def give_password(app: Flask, name: str, password: str = PASSWORD, **form: str) -> tuple[FlaskClient, object]:
    """A fresh browser after the first step, and what it was answered."""
    client = app.test_client()
    sent = {"csrf_token": token(client, "/sign-in"), "email": f"{name}@example.org", "password": password, **form}
    return client, client.post("/sign-in", data=sent)


def enrol(client: FlaskClient) -> tuple[pyotp.TOTP, list[str], object]:
    """Sets a second factor up with the present code; the app, the recovery codes and the answer."""
    page = text(client.get("/me/second-factor"))
    offer = re.search(r'name="offer"[^>]*value="([^"]+)"', page).group(1)
    secret = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")
    app = pyotp.TOTP(secret)
    form = {"csrf_token": token(client, "/me/second-factor"), "offer": offer, "code": app.at(clock.now())}
    answer = client.post("/me/second-factor", data=form)
    return app, re.findall(r"<code class=\"key\">([a-z2-7-]{19})</code>", text(answer)), answer


def next_code(app: pyotp.TOTP) -> str:
    """The code of the coming thirty seconds: good already, later than the one that set the app up, and not late soon."""
    return app.at(clock.now() + timedelta(seconds=30))


def give_code(client: FlaskClient, code: str, **form: str) -> object:
    return client.post("/sign-in/code", data={"csrf_token": token(client, "/sign-in/code"), "code": code, **form})
