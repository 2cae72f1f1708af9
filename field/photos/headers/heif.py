"""HEIC: the boxes that say which picture is the primary one and how large it is (ISO 23008-12); nothing is decoded."""

from collections.abc import Iterator
from itertools import islice
from struct import unpack_from

from field.photos.headers.base import MAX_PARTS, Header, NotUsable

#: Still pictures coded as HEVC. Sequences (hevc, msf1) move; AVIF has no decoder here.
_STILL = {b"heic", b"heix", b"heim", b"heis"}
_MOVING = {b"hevc", b"hevx", b"msf1"}


def is_heif(data: bytes) -> bool:
    """Whether the file says that it is a HEIC picture."""
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[at:at + 4] for at in range(16, end, 4))}
    return bool(brands & _STILL) and data[8:12] not in _MOVING


def read(data: bytes) -> Header:
    """The header of a HEIC: the size of its primary picture; raises NotUsable when it names none."""
    meta = _only(_boxes(data, 0, len(data)), b"meta")
    inside = dict(_boxes(data, meta[0] + 4, meta[1]))
    properties = dict(_boxes(data, *_only(inside.items(), b"iprp")))
    primary = _number(data, _only(inside.items(), b"pitm")[0])
    sizes = _sizes(data, *_only(properties.items(), b"ipco"))
    found = [sizes[each] for each in _properties_of(data, _only(properties.items(), b"ipma")[0], primary) if each in sizes]
    if not found:
        raise NotUsable("no size")
    return Header("heic", *found[0])


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Name of each box with where its content begins and ends."""
    for _ in range(MAX_PARTS):
        if at + 8 > end:
            return
        length, name = unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            length, start = unpack_from(">Q", data, start)[0], at + 16
        stop = end if length == 0 else at + length
        if stop < start or stop > end:
            raise NotUsable("box")
        yield name, (start, stop)
        at = stop


def _only(boxes: object, name: bytes) -> tuple[int, int]:
    for each, span in boxes:
        if each == name:
            return span
    raise NotUsable(name.decode("ascii"))


def _number(data: bytes, at: int) -> int:
    """The item that ``pitm`` names: 16 bits in version 0, 32 later."""
    return unpack_from(">H", data, at + 4)[0] if data[at] == 0 else unpack_from(">I", data, at + 4)[0]


def _sizes(data: bytes, at: int, end: int) -> dict[int, tuple[int, int]]:
    """Width and height of every ``ispe`` property, by its place."""
    return {place: unpack_from(">II", data, start + 4)
            for place, (name, (start, _)) in enumerate(_boxes(data, at, end), start=1) if name == b"ispe"}


def _properties_of(data: bytes, at: int, item: int) -> list[int]:
    """The places of an item's properties: ``ipma`` lists them for each item, in 7 or 15 bits."""
    version, wide = data[at], data[at + 3] & 1
    (count,) = unpack_from(">I", data, at + 4)
    at += 8
    for _ in islice(range(count), MAX_PARTS):
        number = unpack_from(">I" if version else ">H", data, at)[0]
        at += 4 if version else 2
        length = data[at]
        if number == item:
            return [unpack_from(">H", data, at + 1 + 2 * n)[0] & 0x7FFF if wide else data[at + 1 + n] & 0x7F for n in range(length)]
        at += 1 + length * (2 if wide else 1)
    return []
