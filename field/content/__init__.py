"""What Fieldscore brings along: questionnaires as data, ready to publish, and the passwords that nobody may choose."""

import hashlib
import json
from functools import cache
from pathlib import Path

_QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
_PASSWORDS = Path(__file__).parent / "passwords" / "common.txt"

#: Reference photos: drawn, upright and without metadata, as ours are kept (``tests/content/draw_reference_photos.py``).
PHOTOS = Path(__file__).parent / "photos"


#: What inspectors may start by themselves.
UNPLANNED = frozenset({"quick-check"})


def builtin() -> list[tuple[Path, dict]]:
    """Every built-in questionnaire as (file, document), in the order of the files' names."""
    return [(path, json.loads(path.read_text("utf-8"))) for path in sorted(_QUESTIONNAIRES.glob("*.json"))]


def photos_of(document: dict) -> list[tuple[str, bytes]]:
    """The reference photos that questions of a built-in document name, as (file's name, bytes)."""
    named = {question.get("reference_photo") for section in document["sections"] for question in section["questions"]}
    return [(path.name, data) for path, data in _photos() if hashlib.sha256(data).hexdigest() in named]


@cache
def _photos() -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in sorted(PHOTOS.glob("*.jpg"))]


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that were found most often in leaks, in small letters; where they are from stands beside them."""
    return frozenset(_PASSWORDS.read_text("ascii").splitlines())
