"""The bare floor: receive, hash, insert one row, write the file, with the durability of the product; nothing else."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from field.db.engine import journal_mode

_HOME = Path(os.environ.get("FLOOR_HOME", "."))
_LOCAL = threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_LOCAL, "connection"):
        mode, synchronous = journal_mode(sqlite3.sqlite_version_info)
        _LOCAL.connection = sqlite3.connect(_HOME / "floor.db", timeout=15, isolation_level=None)
        _LOCAL.connection.execute(f"PRAGMA journal_mode={mode}")
        _LOCAL.connection.execute(f"PRAGMA synchronous={synchronous}")
        _LOCAL.connection.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, sha256 TEXT)")
    return _LOCAL.connection


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Any PUT: the body as a file under its digest, and one row that names it."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    sha256 = hashlib.sha256(body).hexdigest()
    name = environ["PATH_INFO"]
    _write(sha256, body)
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, sha256))
    connection.execute("COMMIT")
    answer = f'{{"sha256":"{sha256}"}}'.encode()
    start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


def _write(sha256: str, body: bytes) -> None:
    folder = _HOME / "kept"
    folder.mkdir(exist_ok=True)
    temporary = folder / f"{sha256}.{threading.get_ident()}"
    with temporary.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(folder / sha256)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)
