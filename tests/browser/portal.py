"""A captive portal: whatever is asked, it answers 200 with its own page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html><title>Free Wi-Fi</title><h1>Accept our terms</h1>"


class _Portal(BaseHTTPRequestHandler):
    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_details: object) -> None:
        """It says nothing."""


@contextmanager
def captive_portal(port: int) -> Iterator[list[str]]:
    """Stands where the server was; gives the list of what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Portal)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
