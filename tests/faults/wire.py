"""How a simulated phone asks: over real connections, one for each request so that each may break, or in this process."""

import http.client
import socket
from collections.abc import Mapping

from flask import Flask

from tests.faults.phones import Answer, Ask


def over_tcp(port: int, cookie: str, *, timeout: float) -> Ask:
    """Asks whoever listens on the port; None for everything that is no whole answer of our server."""
    def ask(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, f"/api/v1{path}", body, {**headers, "Cookie": cookie, "Connection": "close"})
            response = connection.getresponse()
            return _answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()
    return ask


def in_process(app: Flask, cookie: str) -> Ask:
    """Asks the application itself, without a network."""
    def ask(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        client = app.test_client(use_cookies=False)
        with client.open(f"/api/v1{path}", method=method, headers={**headers, "Cookie": cookie}, data=body) as response:
            return _answer(response.status_code, response.headers, response.get_data())
    return ask


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer | None:
    if headers.get("X-Fieldscore") is None:
        return None
    after = headers.get("Retry-After") or ""
    return Answer(status, body, float(after) if after.isdigit() else 0.0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
