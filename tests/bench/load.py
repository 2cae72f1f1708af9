"""A load of clients in a process of their own: raw sockets, one visit after the other, nothing but the protocol."""

import hashlib
import multiprocessing
import os
import socket
import time
from dataclasses import dataclass
from uuid import uuid4

from tests.factories import content_digest, dumps, photo_entry


@dataclass(frozen=True)
class Target:
    """Where and as whom visits are sent; ``template`` is a revision body that is valid there."""

    port: int
    cookie: str
    template: dict


class Wire:
    """One kept-alive connection."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._socket = socket.create_connection(("127.0.0.1", target.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def put(self, path: str, body: bytes, digest: bool) -> int:
        """Sends a PUT and returns the status of the answer, which is read to its end."""
        head = (
            f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._target.port}\r\nContent-Length: {len(body)}\r\nCookie: {self._target.cookie}\r\n"
            f"X-Device: {self._target.template['device']}\r\nX-App-Build: 1-bench\r\nX-Requested-With: fieldscore\r\n"
            + (f"Content-Digest: {content_digest(body)}\r\n" if digest else "") + "\r\n"
        )
        self._socket.sendall(head.encode() + body)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")).split(b":")[1])
        while len(rest) < length:
            rest += self._more()
        return int(head[9:12])

    def close(self) -> None:
        self._socket.close()

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("closed")
        return chunk


def visits_per_second(target: Target, *, clients: int, photos: int, seconds: float) -> float:
    """How many visits were acknowledged in a second by so many clients at once."""
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        pool.map(_warm, [target] * clients)
        began = time.time() + 0.2
        done = pool.starmap(_send_until, [(target, photos, began, began + seconds)] * clients)
    return sum(count for count, _ in done) / (max(end for _, end in done) - began)


def _warm(target: Target) -> None:
    _send(Wire(target), target, 0)


def _send_until(target: Target, photos: int, began: float, end: float) -> tuple[int, float]:
    wire, count = Wire(target), 0
    time.sleep(max(0, began - time.time()))
    while time.time() < end:
        _send(wire, target, photos)
        count += 1
    return count, time.time()


def _send(wire: Wire, target: Target, photos: int) -> None:
    visit = str(uuid4())
    entries = []
    for position in range(photos):
        data = _photo()
        entries.append(photo_entry(data, question=target.template["photo_question"], position=position))
        _expect(wire.put(f"/api/v1/visits/{visit}/photos/{hashlib.sha256(data).hexdigest()}", data, digest=False))
    body = {name: value for name, value in target.template.items() if name != "photo_question"}
    _expect(wire.put(f"/api/v1/visits/{visit}/revisions/1", dumps({**body, "visit": visit, "photos": entries}), digest=True))


_JPEG = b""


def _photo() -> bytes:
    """About 200 kB that begin as a JPEG does; random, so that no two are the same."""
    global _JPEG
    if not _JPEG:
        from tests.factories import photo
        _JPEG = photo(1, (640, 480))
    return _JPEG[:-2] + os.urandom(200_000 - len(_JPEG))


def _expect(status: int) -> None:
    if status not in (200, 201):
        raise RuntimeError(f"status {status}")


