"""The names under which photos are kept: a digest, and for what is derived the size in pixels."""

import re

_DIGEST = re.compile(r"[0-9a-f]{64}")

ORIGINAL = "original"
#: Where photos wait that no row names: out of the way, and not yet gone.
ASIDE = "aside"


class NotStored(LookupError):
    """The store has nothing under this digest and size."""


def shard(sha256: str, size: int | str | None = None) -> str:
    """The folder of a photo, of its derivative of ``size``, or ASIDE; ValueError for anything but a digest."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError("not a digest")
    return f"{ORIGINAL if size is None else size}/{sha256[:2]}"
