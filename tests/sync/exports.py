"""Files as a phone saves them, made without a phone."""

import hashlib
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.factories import dumps


def part(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def write_export(path: Path, person: str, visits: Sequence[tuple[dict[str, Any], Sequence[bytes]]], *, contents: dict[str, Any] | None = None,
                 notes: bytes | None = None) -> Path:
    """A revision or draft with its photos, each; ``notes`` is what no question has; ``contents`` replaces members of the list of contents."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        told = [_visit(file, body, photos, notes) for body, photos in visits]
        about = {"fieldscore": "visits", "schema": 1, "exported_at": "2026-11-22T10:00:00.000Z", "person": {"id": person, "name": "Amira"},
                 "device": "5a0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e3f", "app_build": "1-test", "visits": told}
        file.writestr("fieldscore.json", json.dumps({**about, **(contents or {})}))
    return path


def _visit(file: zipfile.ZipFile, body: dict[str, Any], photos: Sequence[bytes], notes: bytes | None) -> dict[str, Any]:
    folder, number, raw = f"visits/{body['visit']}", body.get("revision"), dumps(body)
    parts = [part(f"{folder}/revision-{number}.json" if number else f"{folder}/draft.json", raw),
             *(part(f"{folder}/photos/{hashlib.sha256(data).hexdigest()}.jpg", data) for data in photos)]
    for about, data in zip(parts, (raw, *photos), strict=True):
        file.writestr(about["name"], data)
    about = {"visit": body["visit"], "site": body["site"], "revision": number, "reason": None, "body": parts[0], "photos": parts[1:], "absent": []}
    if notes is None:
        return about
    file.writestr(f"{folder}/notes.json", notes)
    return {**about, "notes": part(f"{folder}/notes.json", notes)}
