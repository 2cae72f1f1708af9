"""JPEG: the size of the frame and the number of scans, found by walking the markers (ITU T.81, annex B)."""

import re
from collections.abc import Iterator
from itertools import islice

from field.photos.headers.base import MAX_PARTS, Header, NotUsable

#: Each scan of a progressive file is a pass over the whole picture: 410 in 319 kB keep a core busy for 8 s.
MAX_SCANS = 64

_SCAN, _END, _START = 0xDA, 0xD9, 0xD8
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NEXT = re.compile(rb"\xff+([^\x00\xff])")
_AFTER_SCAN = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")


def read(data: bytes) -> Header:
    """The header of a JPEG. What follows the first picture (an MPO's second, a zip) is not looked at.

    Raises NotUsable without a readable frame header or with more than 64 scans.
    """
    size: tuple[int, int] | None = None
    scans = 0
    for marker, at in islice(_segments(data), MAX_PARTS):
        if marker in _FRAMES and size is None:
            size = _frame_size(data[at:at + 8])
        scans += marker == _SCAN
        if scans > MAX_SCANS:
            raise NotUsable("scans")
    if size is None:
        raise NotUsable("no frame")
    return Header("jpeg", *size)


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker and where its segment starts, up to the end of the picture or the first damage."""
    found = _NEXT.match(data, 2)
    while found:
        marker, at = found[1][0], found.end()
        length = int.from_bytes(data[at:at + 2], "big")
        if marker in (_START, _END) or length < 2:
            return
        yield marker, at
        found = _AFTER_SCAN.search(data, at + length) if marker == _SCAN else _NEXT.match(data, at + length)


def _frame_size(frame: bytes) -> tuple[int, int]:
    """Width and height of a frame header: length, precision, height, width, number of components."""
    if len(frame) < 8 or frame[2] != 8 or frame[7] not in (1, 3, 4):
        raise NotUsable("frame")
    return int.from_bytes(frame[5:7], "big"), int.from_bytes(frame[3:5], "big")
