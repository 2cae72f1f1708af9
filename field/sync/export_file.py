"""The file into which a phone wrote visits that it could not send: a ZIP without compression (README, "By file").

The file is checked whole before anything is taken from it: the list of contents, then each entry's length and SHA-256.
One entry is in memory at a time.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from field.errors import Problem
from field.photos.inspect import MAX_BYTES as PHOTO_BYTES
from field.sync import shape as s
from field.sync import wire
from field.sync.strict_json import MAX_BYTES, parse

CONTENTS = "fieldscore.json"
_NOT_WHOLE = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError, struct.error, zlib.error)
_PART = {"name": s.text(200), "sha256": s.sha256}
_BODY = s.record({**_PART, "bytes": s.integer(0, MAX_BYTES)})
_VISIT = s.record({
    "visit": s.uuid, "site": s.text(64), "revision": s.nullable(s.integer(1, 10**6)), "reason": s.nullable(s.text(80)),
    "body": _BODY,
    "photos": s.array(s.record({**_PART, "bytes": s.integer(0, PHOTO_BYTES)}), 400), "absent": s.array(s.sha256, 400),
}, {"notes": s.nullable(_BODY)})
_FILE = s.record({
    "fieldscore": s.one_of("visits"), "schema": s.one_of(1), "exported_at": s.time, "device": s.uuid, "app_build": s.text(80),
    "person": s.record({"id": s.text(64), "name": s.text(400)}), "visits": s.array(_VISIT, 1000),
})


@dataclass(frozen=True)
class Part:
    """An entry of the file and what its bytes must be."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Exported:
    """One visit: a frozen revision, or with ``number`` None a draft; ``absent`` are photos that the phone did not have,
    ``notes`` what was noted and timed on it and no question has.
    """

    visit_id: str
    number: int | None
    body: Part
    photos: tuple[Part, ...]
    absent: tuple[str, ...]
    notes: Part | None


class ExportFile:
    """A phone's file, found to be whole; ``export.damaged`` names the part that is not."""

    def __init__(self, path: Path) -> None:
        with _whole("the file"):
            self._zip = ZipFile(path)
        with _whole(CONTENTS):
            contents = _contents(self._read(CONTENTS, MAX_BYTES))
        self.person_id: str = contents["person"]["id"]
        self.visits = tuple(_exported(each) for each in contents["visits"])
        self._check()

    def read(self, part: Part) -> bytes:
        """The entry's bytes, compared with its digest."""
        with _whole(part.name):
            data = self._read(part.name, part.bytes)
            if len(data) != part.bytes or hashlib.sha256(data).hexdigest() != part.sha256:
                raise BadZipFile(part.name)
        return data

    def _check(self) -> None:
        parts = [part for visit in self.visits for part in (visit.body, visit.notes, *visit.photos) if part]
        for part in parts:
            self.read(part)
        strangers = sorted({entry.filename for entry in self._zip.infolist()} - {CONTENTS, *(part.name for part in parts)})
        if strangers:
            raise Problem("export.damaged", what=strangers[0])

    def _read(self, name: str, most: int) -> bytes:
        entry = self._zip.getinfo(name)
        if entry.compress_type != ZIP_STORED or entry.file_size > most:
            raise BadZipFile(name)
        return self._zip.read(entry)


def _contents(data: bytes) -> dict[str, Any]:
    try:
        contents = parse(data)
    except Problem:
        raise BadZipFile(CONTENTS) from None
    if wire.mistakes(_FILE, contents):
        raise BadZipFile(CONTENTS)
    return contents


def _exported(about: dict[str, Any]) -> Exported:
    photos = tuple(Part(**photo) for photo in about["photos"])
    notes = Part(**about["notes"]) if about.get("notes") else None
    return Exported(about["visit"], about["revision"], Part(**about["body"]), photos, tuple(about["absent"]), notes)


@contextmanager
def _whole(what: str) -> Iterator[None]:
    """Whatever a damaged part does to who reads it is told as damage, with its name."""
    try:
        yield
    except _NOT_WHOLE:
        raise Problem("export.damaged", what=what) from None
