"""What Fieldscore brings along: questionnaires as data, ready to publish, and the passwords that nobody may choose."""

import json
from functools import cache
from pathlib import Path

_QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
_PASSWORDS = Path(__file__).parent / "passwords" / "common.txt"


#: What inspectors may start by themselves.
UNPLANNED = frozenset({"quick-check"})


def builtin() -> list[tuple[Path, dict]]:
    """Every built-in questionnaire as (file, document), in the order of the files' names."""
    return [(path, json.loads(path.read_text("utf-8"))) for path in sorted(_QUESTIONNAIRES.glob("*.json"))]


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that were found most often in leaks, in small letters; where they are from stands beside them."""
    return frozenset(_PASSWORDS.read_text("ascii").splitlines())
