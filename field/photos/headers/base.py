"""What every parser of headers gives and raises."""

from dataclasses import dataclass

#: More segments or chunks than any camera writes: a file that has them only wants to keep us busy.
MAX_PARTS = 2_000


class NotUsable(Exception):
    """The header is damaged, or says that this is not one still picture."""


@dataclass(frozen=True)
class Header:
    """What a photo says of itself: ``kind`` is jpeg, png, webp or heic; sides in pixels, not yet turned upright."""

    kind: str
    width: int
    height: int
