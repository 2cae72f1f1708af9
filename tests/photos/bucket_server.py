"""A stand-in for an S3 server: put, copy, get, head, delete and list of one process, with the checks that count and faults on demand."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from field import clock

#: Longer lists come in pages.
PAGE = 3


@dataclass
class Bucket:
    """The objects by key. ``fails`` is a status and code that every request gets; ``checked`` counts verified bodies."""

    address: str
    objects: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, datetime] = field(default_factory=dict)
    fails: tuple[int, str] | None = None
    checked: int = 0


@contextmanager
def bucket_server() -> Iterator[Bucket]:
    """A server on a free port of this machine for the bucket ``photos``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.bucket = Bucket(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.bucket
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._refused():
            return
        if source := self.headers["x-amz-copy-source"]:
            self._copy(unquote(source).removeprefix("/").removeprefix("photos/"))
            return
        promised = self.headers["x-amz-checksum-sha256"]
        right = base64.b64encode(hashlib.sha256(body).digest()).decode() == promised
        if not right or self.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
            self._error(400, "BadDigest")
            return
        self._bucket.checked += 1
        self._keep(body)
        self._answer(200)

    def _copy(self, source: str) -> None:
        if source not in self._bucket.objects:
            self._error(404, "NoSuchKey")
            return
        self._keep(self._bucket.objects[source])
        self._answer(200, b"<CopyObjectResult></CopyObjectResult>")

    def _keep(self, body: bytes) -> None:
        self._bucket.objects[self._key()] = body
        self._bucket.times[self._key()] = clock.now()

    def do_GET(self) -> None:
        if self._refused():
            return
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._list(query["prefix"][0], query.get("continuation-token", [""])[0])
        elif self._key() in self._bucket.objects:
            self._answer(200, self._bucket.objects[self._key()])
        else:
            self._error(404, "NoSuchKey")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        if not self._refused():
            self._bucket.objects.pop(self._key(), None)
            self._answer(204)

    @property
    def _bucket(self) -> Bucket:
        return self.server.bucket

    def _key(self) -> str:
        bucket, _, key = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")
        assert bucket == "photos"
        return key

    def _refused(self) -> bool:
        if self._bucket.fails:
            self._error(*self._bucket.fails)
        elif "Signature=" not in self.headers.get("Authorization", ""):
            self._error(403, "AccessDenied")
        else:
            return False
        return True

    def _list(self, prefix: str, after: str) -> None:
        keys = sorted(key for key in self._bucket.objects if key.startswith(prefix) and key > after)
        more = len(keys) > PAGE
        listed = "".join(f"<Contents><Key>{escape(key)}</Key><LastModified>{self._bucket.times[key].isoformat()}</LastModified></Contents>" for key in keys[:PAGE])
        token = f"<NextContinuationToken>{escape(keys[PAGE - 1])}</NextContinuationToken>" if more else ""
        self._answer(200, f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{token}{listed}</ListBucketResult>".encode())

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code></Error>".encode())

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing."""
