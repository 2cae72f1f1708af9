"""The production server: granian, several processes, each with many threads that wait for slow phones."""

import socket
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

#: Threads of one process. Almost all of them only wait for bytes; ``gateway.PLACES`` bounds what runs at once.
THREADS = 128
#: A process that grows beyond this many megabytes is replaced after its requests are answered.
MEGABYTES = 400
_GRACE_SECONDS = 25


def run(*, host: str, port: int, workers: int, certificate: Path | None = None, key: Path | None = None) -> None:
    """Serves ``app:app`` until SIGTERM, which lets requests finish; SystemExit where the address is not to be had."""
    _must_be_free(host, port)
    Granian(
        "app:app", address=host, port=port, workers=workers, interface=Interfaces.WSGI, blocking_threads=THREADS,
        backpressure=THREADS, websockets=False, log_level="error", workers_max_rss=MEGABYTES, workers_kill_timeout=_GRACE_SECONDS,
        respawn_failed_workers=True, working_dir=Path(__file__).parents[2], ssl_cert=certificate, ssl_key=key,
    ).serve()


def _must_be_free(host: str, port: int) -> None:
    """Granian shares its port with whoever listens there, and two stores would answer in turn."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise SystemExit(f"Cannot serve at {host}, port {port}: {error.strerror}. Stop what listens there, or choose another --port.") from None
