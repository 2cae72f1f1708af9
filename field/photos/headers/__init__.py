"""The headers of the kinds of photo taken in, each read by a parser of its own that decodes nothing."""

from collections.abc import Callable

from field.photos.headers import heif, jpeg, png, webp
from field.photos.headers.base import Header, NotUsable

__all__ = ["Header", "NotUsable", "reader"]


def reader(data: bytes) -> Callable[[bytes], Header] | None:
    """The parser for these bytes, recognised by their content; None for no kind of photo that we take."""
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg.read
    if data.startswith(png.SIGNATURE):
        return png.read
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return webp.read
    if heif.is_heif(data):
        return heif.read
    return None
