"""WebP: the first chunk has the size; in the extended layout the frames are counted (RFC 9649)."""

from collections.abc import Iterator
from itertools import islice
from struct import unpack_from

from field.photos.headers.base import MAX_PARTS, Header, NotUsable


def read(data: bytes) -> Header:
    """The header of a WebP; raises NotUsable for a damaged one and for an animation."""
    sizes = {b"VP8 ": _lossy, b"VP8L": _lossless, b"VP8X": _extended}
    name = data[12:16]
    if name not in sizes:
        raise NotUsable("chunk")
    width, height = sizes[name](data[20:30])
    if name == b"VP8X" and sum(chunk == b"ANMF" for chunk in islice(_chunk_names(data), MAX_PARTS)) > 1:
        raise NotUsable("frames")
    return Header("webp", width, height)


def _lossy(body: bytes) -> tuple[int, int]:
    """A key frame's header: three bytes of tag, the start code, two sides of 14 bits."""
    if body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":
        raise NotUsable("frame")
    width, height = unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes) -> tuple[int, int]:
    if body[0] != 0x2F:
        raise NotUsable("frame")
    bits = unpack_from("<I", body, 1)[0]
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _extended(body: bytes) -> tuple[int, int]:
    """The canvas: after the flags, two sides less one of 24 bits."""
    if len(body) < 10:
        raise NotUsable("canvas")
    return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1


def _chunk_names(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        name, length = unpack_from("<4sI", data, at)
        yield name
        at += 8 + length + (length & 1)
