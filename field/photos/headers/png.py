"""PNG: the chunks before the picture's data, with checksums; none is inflated (W3C PNG, third edition)."""

from collections.abc import Iterator
from itertools import islice
from struct import unpack_from
from zlib import crc32

from field.photos.headers.base import MAX_PARTS, Header, NotUsable

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


def read(data: bytes) -> Header:
    """The header of a PNG; raises NotUsable for a damaged one and for an animation."""
    size: tuple[int, int] | None = None
    for name, body in islice(_chunks(data), MAX_PARTS):
        if size is None:
            size = _size(name, body)
        elif name == b"acTL" and unpack_from(">I", body)[0] != 1:
            raise NotUsable("frames")
    if size is None:
        raise NotUsable("no header")
    return Header("png", *size)


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Name and body of each whole chunk before the picture's data."""
    view = memoryview(data)
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length, name = unpack_from(">I4s", data, at)
        end = at + 8 + length
        if name == b"IDAT" or end + 4 > len(data):
            return
        if crc32(view[at + 4:end]) != unpack_from(">I", data, end)[0]:
            raise NotUsable("checksum")
        yield name, view[at + 8:end]
        at = end + 4


def _size(name: bytes, body: memoryview) -> tuple[int, int]:
    """Width and height of the first chunk, which must be a valid IHDR."""
    if name != b"IHDR" or len(body) != 13:
        raise NotUsable("header")
    width, height, depth, colour, compression, filtering, interlace = unpack_from(">IIBBBBB", body)
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise NotUsable("header")
    return width, height
