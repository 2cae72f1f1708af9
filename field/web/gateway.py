"""Stands before the application in every server: takes a request's body in whole before any of our code runs.

A phone that stalls holds a thread that only waits for bytes, never a database connection or a place in the
application; ``PLACES`` requests run at once, the rest wait their turn. Bodies above half a megabyte wait on disk.
Whether the process lives is answered without a place, since all of them may wait for the database.
"""

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any, BinaryIO

PLACES = 8
#: What is read of any body, also of one that will be refused; more than the largest that is accepted.
LONGEST = 32 * 1024 * 1024
_IN_MEMORY = 512 * 1024
_LIVES = "/healthz"
#: Set in the environment of a request whose body found no room on the disk.
NO_ROOM = "fieldscore.no_room"

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable], Iterable[bytes]]


class Gateway:
    """A WSGI application that calls another one with the body already here."""

    def __init__(self, application: Wsgi, places: int = PLACES) -> None:
        self._application = application
        self._places = BoundedSemaphore(places)

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            if environ["PATH_INFO"] == _LIVES:
                return self._application(environ, start_response)
            return self._run(environ, start_response)
        with _take_in(environ) as body:
            environ["wsgi.input"] = body
            return self._run(environ, start_response)

    def _run(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        with self._places:
            return self._application(environ, start_response)


def _take_in(environ: Environ) -> BinaryIO:
    """The body up to its announced length, or what came of it; a body without a length is read and dropped."""
    length, source = _length(environ), environ["wsgi.input"]
    if length is None and "HTTP_TRANSFER_ENCODING" not in environ:
        return io.BytesIO()
    wanted = min(LONGEST, LONGEST if length is None else length)
    if length is not None and wanted <= _IN_MEMORY:
        return io.BytesIO(b"".join(_chunks(source, wanted)))
    kept, chunks = SpooledTemporaryFile(max_size=_IN_MEMORY), _chunks(source, wanted)  # noqa: SIM115 - closed with the request
    try:
        for chunk in chunks:
            if length is not None and length <= LONGEST:
                kept.write(chunk)
        kept.seek(0)  # writes what is still in a buffer
    except OSError:
        environ[NO_ROOM] = True
        deque(chunks, maxlen=0)
        with suppress(OSError):
            kept.close()
        return io.BytesIO()
    return kept


def _chunks(source: BinaryIO, wanted: int) -> Iterator[bytes]:
    """What comes of so many bytes: less when the phone went away, and the application sees that the body is short and refuses it."""
    with suppress(OSError):
        while wanted > 0 and (chunk := source.read(min(wanted, _IN_MEMORY))):
            wanted -= len(chunk)
            yield chunk


def _length(environ: Environ) -> int | None:
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() else None
