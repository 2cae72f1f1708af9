"""What a revision's bytes say, read again from the bytes alone."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from field.errors import Problem
from field.questionnaire.times import to_time
from field.sync.strict_json import nfc, parse


def said(body: bytes, sha256: str) -> Mapping[str, Any] | None:
    """The revision as it was understood when it arrived; None when the bytes do not have their digest."""
    if hashlib.sha256(body).hexdigest() != sha256:
        return None
    try:
        return nfc(parse(body))
    except Problem:
        return None


def moment(text: str | None) -> datetime | None:
    return to_time(text) if text else None
