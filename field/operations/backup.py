"""Backup: one file with the database's rows, the secrets and all photos, each with its digest.

A plain tar, so that it can be read without us: ``tables/<name>.jsonl``, ``secrets/<name>``, ``photos/ab/<sha256>``, and
at its end ``manifest.json``. Photos are named by their digest and never change: they need no snapshot.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol

from field import clock
from field.photos.store import NotStored, PhotoStore

FORMAT = 1


class Rows(Protocol):
    """One moment of a database."""

    schema: str
    tables: Any

    def rows(self, table: str) -> Iterator[dict[str, Any]]: ...

    def values(self, table: str, column: str) -> Iterator[str]: ...


def write_backup(path: Path, copy: Rows, store: PhotoStore, secrets: Path, told: Callable[[str, int], None]) -> dict[str, Any]:
    """Writes the file, whole or not at all, for the owner alone; gives its manifest. ``told`` hears of every table and photo."""
    part = path.with_name(path.name + ".part")
    with open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            manifest = _fill(_Archive(tar, path.parent), copy, store, secrets, told)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    return manifest


def _fill(archive: "_Archive", copy: Rows, store: PhotoStore, secrets: Path, told: Callable[[str, int], None]) -> dict[str, Any]:
    tables = {name: _add_table(archive, name, copy.rows(name), told) for name in copy.tables}
    kept = {secret.name: archive.add(f"secrets/{secret.name}", secret.read_bytes()) for secret in sorted(secrets.iterdir()) if secret.is_file()}
    photos, missing = 0, []
    for sha256 in copy.values("photo", "sha256"):
        data = _photo(store, sha256)
        if data is None:
            missing.append(sha256)
            continue
        archive.add(f"photos/{sha256[:2]}/{sha256}", data)
        photos += 1
        told("photos", photos)
    manifest = {"format": FORMAT, "schema": copy.schema, "made_at": clock.now().isoformat(), "order": list(tables), "tables": tables,
                "secrets": kept, "photos": photos, "missing": missing}
    archive.add("manifest.json", json.dumps(manifest, indent=1).encode())
    return manifest


def _photo(store: PhotoStore, sha256: str) -> bytes | None:
    """A photo that is what its name says."""
    try:
        data = store.get(sha256)
    except NotStored:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _add_table(archive: "_Archive", name: str, rows: Iterator[dict[str, Any]], told: Callable[[str, int], None]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with TemporaryFile(dir=archive.folder) as spool:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            count += 1
            digest.update(line)
            spool.write(line)
        archive.add_file(f"tables/{name}.jsonl", spool)
    told(name, count)
    return {"rows": count, "sha256": digest.hexdigest()}


class _Archive:
    """The tar in the making; ``folder`` has room for what must be measured before it is written."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar, self.folder = tar, folder

    def add(self, name: str, data: bytes) -> str:
        """Adds the bytes; gives their digest."""
        self._member(name, len(data), io.BytesIO(data))
        return hashlib.sha256(data).hexdigest()

    def add_file(self, name: str, file: BinaryIO) -> None:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        self._member(name, size, file)

    def _member(self, name: str, size: int, file: BinaryIO) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(clock.now().timestamp())
        self._tar.addfile(member, file)
        self._tar.members.clear()
