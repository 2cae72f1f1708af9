"""The first look at a photo, in the request: its header alone decides whether it is taken in."""

from struct import error as Truncated
from typing import BinaryIO

from field.errors import Problem
from field.photos.headers import Header, NotUsable, reader

__all__ = ["MAX_BYTES", "MAX_PIXELS", "Header", "look"]

MAX_BYTES = 20_000_000
MAX_PIXELS = 64_000_000
MIN_SIDE = 64
MAX_RATIO = 20


def look(photo: bytes | BinaryIO) -> Header:
    """Kind and size of a photo that may be stored (`protocol.md` §4). Nothing is decoded: a job does that.

    Raises Problem: ``photo.too_large`` for bytes or pixels, ``photo.kind`` for everything else.
    """
    data = photo if isinstance(photo, bytes) else photo.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Problem("photo.too_large")
    header = _read(data)
    if header.width * header.height > MAX_PIXELS:
        raise Problem("photo.too_large")
    short, long = sorted((header.width, header.height))
    if short < MIN_SIDE or long > MAX_RATIO * short:
        raise Problem("photo.kind")
    return header


def _read(data: bytes) -> Header:
    read = reader(data)
    if read is None:
        raise Problem("photo.kind")
    try:
        return read(data)
    except (NotUsable, Truncated, IndexError) as damage:
        raise Problem("photo.kind") from damage
