"""A TCP proxy that breaks connections on purpose: each carries one request, and each gets one fault or none."""

import asyncio
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random

_PATIENCE = 5.0
_PORTAL = b"<!doctype html><title>Free Wi-Fi</title><p>Accept the terms to go on."


class Call:
    """One connection of a phone, its request already here in whole."""

    def __init__(self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, upstream: int, random: Random) -> None:
        self.request, self.random, self._reader, self._writer, self._upstream = request, random, reader, writer, upstream

    async def ask(self, request: bytes | None = None, *, wait: float = 0.0) -> bytes:
        """The server's whole answer; empty when there is none."""
        await asyncio.sleep(wait)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
                try:
                    writer.write(self.request if request is None else request)
                    return await reader.read(-1)
                finally:
                    writer.close()
        return b""

    async def leave_unread(self, request: bytes) -> None:
        """Sends this much to the server and goes away without a word."""
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
            writer.write(request)
            await writer.drain()
            await asyncio.sleep(self.random.choice((0, 0.002, 0.02)))
            (reset if self.random.random() < 0.5 else asyncio.StreamWriter.close)(writer)

    def tell(self, answer: bytes) -> None:
        self._writer.write(answer)

    def html(self, status: str, more: str = "") -> None:
        self.tell(f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{more}Content-Length: {len(_PORTAL)}\r\n\r\n".encode() + _PORTAL)

    def reset(self) -> None:
        reset(self._writer)

    async def until_given_up(self) -> None:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._reader.read(1)

    def part(self, data: bytes) -> bytes:
        """The data cut where cuts hurt: nothing, one byte, in the head, in the middle, one byte short."""
        head = data.find(b"\r\n\r\n") + 4
        return data[:self.random.choice((0, 1, head // 2, head, (head + len(data)) // 2, len(data) - 1))]

    def flipped(self, data: bytes) -> bytes:
        """One bit wrong somewhere after the first line: an address that arrives whole names something else on purpose."""
        changed, begin = bytearray(data), data.find(b"\r\n") + 2
        if begin < len(data):
            changed[self.random.randrange(begin, len(data))] ^= 1 << self.random.randrange(8)
        return bytes(changed)


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends a connection as a dead network does: RST, no FIN."""
    with suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


# The faults. To add one, write it here: its name and this docstring's words are all that is needed.

async def passed(call: Call) -> None:
    """Nothing happens to it."""
    call.tell(await call.ask())


async def refused(call: Call) -> None:
    """The server is never reached."""
    call.reset()


async def comes_and_goes(call: Call) -> None:
    """The network is there for a moment and away for a moment."""
    await (refused if time.monotonic() % 0.8 < 0.4 else passed)(call)


async def request_cut(call: Call) -> None:
    """The network goes away while the phone sends."""
    await call.leave_unread(call.part(call.request))
    call.reset()


async def answer_unread(call: Call) -> None:
    """The whole request arrives; nobody waits for the answer."""
    await call.leave_unread(call.request)
    call.reset()


async def answer_lost(call: Call) -> None:
    """The server has answered; the answer never arrives."""
    await call.ask()
    call.reset()


async def answer_cut(call: Call) -> None:
    """A part of the answer arrives."""
    call.tell(call.part(await call.ask() or b"\r\n\r\n"))


async def twice_at_once(call: Call) -> None:
    """A middlebox sends it again while the first is under way."""
    call.tell((await asyncio.gather(call.ask(), call.ask()))[call.random.randrange(2)])


async def twice_later(call: Call) -> None:
    """It arrives once more when everybody has forgotten it."""
    call.tell(await call.ask())
    _background(call.ask(wait=call.random.uniform(0.05, 1.0)))


async def lost_then_late(call: Call) -> None:
    """The phone has given up; then its request arrives after all."""
    call.reset()
    _background(call.ask(wait=call.random.uniform(0.05, 1.0)))


async def slow(call: Call) -> None:
    """Request and answer arrive, late."""
    await asyncio.sleep(call.random.uniform(0.05, 0.3))
    answer = await call.ask()
    await asyncio.sleep(call.random.uniform(0, 0.2))
    call.tell(answer)


async def black_hole(call: Call) -> None:
    """No answer, no end: the phone has to give up by itself."""
    await call.until_given_up()


async def request_flipped(call: Call) -> None:
    """A bit changes on the way there."""
    call.tell(await call.ask(call.flipped(call.request)))


async def answer_flipped(call: Call) -> None:
    """A bit changes on the way back."""
    call.tell(call.flipped(await call.ask()))


async def portal(call: Call) -> None:
    """A captive portal: 200, or a redirect, and HTML, whatever was asked."""
    call.html(*call.random.choice((("200 OK", ""), ("302 Found", "Location: http://portal.example/\r\n"))))


async def gateway(call: Call) -> None:
    """A proxy that speaks for itself."""
    call.html(call.random.choice(("502 Bad Gateway", "504 Gateway Timeout", "413 Too Large", "429 Too Many Requests", "500 Oops")))


Fault = Callable[[Call], Awaitable[None]]
#: Every fault by its name, and how often it is drawn.
FAULTS: dict[Fault, int] = {
    passed: 80, refused: 5, comes_and_goes: 2, request_cut: 15, answer_unread: 10, answer_lost: 15, answer_cut: 10, twice_at_once: 8, twice_later: 5,
    lost_then_late: 5, slow: 2, black_hole: 1, request_flipped: 8, answer_flipped: 8, portal: 4, gateway: 4,
}
_running: set[asyncio.Task] = set()


def _background(work: Awaitable) -> None:
    task = asyncio.ensure_future(work)
    _running.add(task)
    task.add_done_callback(_running.discard)


class Proxy:
    """Listens on ``port`` in a thread of its own. ``faults`` may be set at any time."""

    def __init__(self, upstream: int, seed: int = 0, faults: dict[Fault, int] | None = None) -> None:
        self.upstream, self.faults, self.counts = upstream, FAULTS if faults is None else faults, Counter()
        self._random, self._loop, self._ready = Random(seed), asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def faulted(self) -> int:
        """How many connections were given a fault."""
        return sum(number for name, number in self.counts.items() if name != "passed")

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(2 * _PATIENCE):
                request = await _whole_request(reader)
                fault = self._drawn()
                self.counts[fault.__name__] += 1
                await fault(Call(request, reader, writer, self.upstream, self._random))
                await writer.drain()
        writer.close()

    def _drawn(self) -> Fault:
        return self._random.choices(list(self.faults), list(self.faults.values()))[0]


async def _whole_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(lengths[0] if lengths else 0)
