"""The photo store in a folder: temporary file, fsync, rename, fsync of the folder (`protocol.md` §10)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from field import clock, faults
from field.errors import Problem
from field.models.faults import is_full
from field.photos.names import ASIDE, ORIGINAL, NotStored, shard

_TEMPORARY = ".part"


class FolderStore:
    """Photos as files ``original/ab/abcd…`` and ``400/ab/abcd…`` below ``root``, for the owner alone."""

    def __init__(self, root: Path) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root = root
        self._lasting: set[str] = set()

    def put(self, sha256: str, data: bytes, size: int | None = None) -> None:
        """Writes beside the name and renames, also over a file that is there: only whole ones have a name."""
        place = shard(sha256, size)
        with _room_problem(), self._lasting_folder(place) as folder:
            temporary = f"{token_hex(8)}{_TEMPORARY}"
            try:
                _write(folder, temporary, data)
                faults.at("photo", "synced")
                os.rename(temporary, sha256, src_dir_fd=folder, dst_dir_fd=folder)
                faults.at("photo", "renamed")
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary, dir_fd=folder)
                raise
            os.fsync(folder)

    def get(self, sha256: str, size: int | None = None) -> bytes:
        with self.open(sha256, size) as file:
            return file.read()

    def open(self, sha256: str, size: int | None = None) -> BinaryIO:
        try:
            return self._path(sha256, size).open("rb")
        except FileNotFoundError:
            raise NotStored(sha256) from None

    def exists(self, sha256: str, size: int | None = None) -> bool:
        return self._path(sha256, size).is_file()

    def delete(self, sha256: str) -> None:
        for path in self.root.glob(f"*/{sha256[:2]}/{sha256}"):
            path.unlink(missing_ok=True)
            _fsync_path(path.parent)

    def names(self, within: str = "", before: datetime | None = None) -> Iterator[str]:
        for folder in sorted((self.root / ORIGINAL).glob(within or "*")):
            yield from sorted(path.name for path in folder.iterdir() if path.suffix != _TEMPORARY and _is_older(path, before))

    def set_aside(self, sha256: str) -> None:
        self._move(sha256, None, ASIDE)

    def put_back(self, sha256: str) -> None:
        self._move(sha256, ASIDE, None)

    def aside(self, before: datetime | None = None) -> Iterator[str]:
        yield from sorted(path.name for path in (self.root / ASIDE).glob("*/*") if _is_older(path, before))

    def discard(self, sha256: str) -> None:
        self._path(sha256, ASIDE).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        swept = 0
        for path in self.root.glob(f"*/*/*{_TEMPORARY}"):
            with suppress(FileNotFoundError):
                if _is_older(path, before):
                    path.unlink()
                    swept += 1
        return swept

    def _path(self, sha256: str, size: int | str | None) -> Path:
        return self.root / shard(sha256, size) / sha256

    def _move(self, sha256: str, source: str | None, target: str | None) -> None:
        """One rename; the new place is durable before the old one is given up. The file's time is that of its move."""
        with self._lasting_folder(shard(sha256, source)) as here, self._lasting_folder(shard(sha256, target)) as there:
            with suppress(FileNotFoundError):
                os.utime(sha256, (clock.now().timestamp(),) * 2, dir_fd=here)
                os.rename(sha256, sha256, src_dir_fd=here, dst_dir_fd=there)
            os.fsync(there)
            os.fsync(here)

    @contextmanager
    def _lasting_folder(self, place: str) -> Iterator[int]:
        """The open folder of a shard, which itself outlives a power cut.

        Another process may have made it and not yet reached its fsync: each process syncs the way to all shards once.
        """
        path = self.root / place
        if path.parent.name not in self._lasting or not path.is_dir():
            _make_lasting(path.parent)
            self._lasting.add(path.parent.name)
        folder = _open_folder(path)
        try:
            yield folder
        finally:
            os.close(folder)


@contextmanager
def _room_problem() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        if is_full(failure):
            raise Problem("store.full") from failure
        raise


def _write(folder: int, name: str, data: bytes) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        faults.at("photo", "opened")
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest):]
        faults.at("photo", "written")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_older(path: Path, before: datetime | None) -> bool:
    return before is None or path.stat().st_mtime < before.timestamp()


def _make_lasting(sizes: Path) -> None:
    """Makes the folder of a size with all its shards, and syncs every folder that may have a new name in it."""
    for folder in (sizes, *(sizes / f"{number:02x}" for number in range(256))):
        folder.mkdir(mode=0o700, exist_ok=True)
    for holder in (sizes, *sizes.parents[:2]):
        _fsync_path(holder)


def _fsync_path(path: Path) -> None:
    folder = _open_folder(path)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _open_folder(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
