"""A Redis of our own for tests that want a real one."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest


@contextmanager
def redis_server(port: int = 0) -> Iterator[int]:
    """Runs one that keeps nothing, and gives its port; skips where there is no ``redis-server``."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no redis-server here (apt install redis-server): what is shared over machines is not tried")
    port = port or free_port()
    running = subprocess.Popen([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_there(port)
        yield port
    finally:
        running.kill()
        running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _until_there(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("redis-server does not answer")
