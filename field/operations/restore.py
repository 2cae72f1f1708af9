"""Restore: the whole file is checked first, then photos, secrets and, as the last step, the rows are put in place."""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from field.errors import Problem
from field.operations.backup import FORMAT
from field.photos.store import PhotoStore

_PHOTO = re.compile(r"photos/[0-9a-f]{2}/([0-9a-f]{64})")
_SECRET = re.compile(r"secrets/([a-z0-9_]{1,64})")
_TABLE = re.compile(r"tables/([a-z0-9_]{1,64})\.jsonl")
_CHUNK = 1 << 20


class Backup:
    """A backup's file, found to be whole: every digest was computed before anything is taken from it."""

    def __init__(self, path: Path, told: Callable[[str, int], None]) -> None:
        self._path, self._told = path, told
        with _damage():
            self.manifest = self._checked()

    @property
    def tables(self) -> list[str]:
        """In the order in which they can be loaded."""
        return self.manifest["order"]

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        for name, file in self._members():
            if name == f"tables/{table}.jsonl":
                yield from map(json.loads, file)
                return

    def put_photos(self, store: PhotoStore) -> None:
        """Into the store; photos that are there are written again, so that this can be repeated."""
        count = 0
        for name, file in self._members():
            if photo := _PHOTO.fullmatch(name):
                store.put(photo[1], file.read())
                count += 1
                self._told("photos restored", count)

    def put_secrets(self, folder: Path) -> None:
        """The keys, above all the one that receipts are signed with, readable by the owner alone."""
        for name, file in self._members():
            if secret := _SECRET.fullmatch(name):
                part = folder / f".{secret[1]}.part"
                with open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as made:
                    made.write(file.read())
                    made.flush()
                    os.fsync(made.fileno())
                part.rename(folder / secret[1])

    def _checked(self) -> dict[str, Any]:
        digests: dict[str, str] = {}
        manifest, photos = None, 0
        for name, file in self._members():
            digest = None if name == "manifest.json" else _digest(file)
            if photo := _PHOTO.fullmatch(name):
                photos += digest == photo[1]
                self._told("photos checked", photos)
            elif digest is None:
                manifest = _manifest(file.read())
            else:
                digests[name] = digest
        if manifest is None or photos != manifest["photos"] or digests != _promised(manifest):
            raise Problem("backup.damaged")
        return manifest

    def _members(self) -> Iterator[tuple[str, IO[bytes]]]:
        with tarfile.open(self._path, mode="r:") as tar:
            for member in tar:
                if not member.isreg() or not (member.name == "manifest.json" or any(
                        kind.fullmatch(member.name) for kind in (_PHOTO, _SECRET, _TABLE))):
                    raise Problem("backup.damaged")
                yield member.name, tar.extractfile(member)
                tar.members.clear()


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as damage:
        raise Problem("backup.damaged") from damage


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(data)
    except ValueError:
        raise Problem("backup.damaged") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Problem("backup.newer")
    return manifest


def _promised(manifest: dict[str, Any]) -> dict[str, str]:
    tables = {f"tables/{name}.jsonl": table["sha256"] for name, table in manifest["tables"].items()}
    return tables | {f"secrets/{name}": digest for name, digest in manifest["secrets"].items()}
