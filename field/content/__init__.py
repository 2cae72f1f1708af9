"""What Fieldscore brings along: questionnaires as data, ready to publish."""

import json
from pathlib import Path

_QUESTIONNAIRES = Path(__file__).parent / "questionnaires"


#: What inspectors may start by themselves.
UNPLANNED = frozenset({"quick-check"})


def builtin() -> list[tuple[Path, dict]]:
    """Every built-in questionnaire as (file, document), in the order of the files' names."""
    return [(path, json.loads(path.read_text("utf-8"))) for path in sorted(_QUESTIONNAIRES.glob("*.json"))]
