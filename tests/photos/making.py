"""Builders of photos for tests: the ordinary ones by Pillow, the hostile ones byte by byte."""

import zlib
from io import BytesIO
from struct import pack, pack_into

from PIL import Image

_SOF = (0xC0, 0xC2)


def picture(mode: str = "RGB", size: tuple[int, int] = (160, 120)) -> Image.Image:
    """A small picture with something to see in each mode."""
    gradient = Image.linear_gradient("L").resize(size)
    colours = Image.merge("RGB", (gradient, gradient.rotate(180), gradient.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    if mode == "I;16":
        return gradient.convert("I").point(lambda level: level * 257).convert("I;16")
    if mode == "RGBA":
        colours.putalpha(gradient)
        return colours
    return colours.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(mode: str = "RGB", size: tuple[int, int] = (160, 120), **options: object) -> bytes:
    return saved(picture(mode, size), "JPEG", **options)


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """The JPEG with segments right after its start."""
    return data[:2] + b"".join(segments) + data[2:]


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """Marker and body of each segment of a JPEG, an independent reading for the tests."""
    found, at = [], 2
    while at < len(data):
        assert data[at] == 0xFF
        marker = data[at + 1]
        if marker == 0xD9:
            break
        length = int.from_bytes(data[at + 2:at + 4], "big")
        found.append((marker, data[at + 4:at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            at = next(i for i in range(at, len(data))
                      if data[i] == 0xFF and data[i + 1] != 0 and not 0xD0 <= data[i + 1] <= 0xD7)
    return found


def claiming(data: bytes, width: int, height: int) -> bytes:
    """The JPEG with other sides in its frame header."""
    at, patched = 2, bytearray(data)
    while data[at + 1] not in _SOF:
        at += 2 + int.from_bytes(data[at + 2:at + 4], "big")
    pack_into(">HH", patched, at + 5, height, width)
    return bytes(patched)


def with_scans(count: int) -> bytes:
    """A progressive JPEG with exactly so many scans: its last one is repeated."""
    data = jpeg(size=(640, 480), progressive=True)
    scans = sum(marker == 0xDA for marker, _ in segments(data))
    last = data[data.rindex(b"\xff\xda"):-2]
    return data[:-2] + last * (count - scans) + b"\xff\xd9"


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 0, rows: bytes | None = None) -> bytes:
    """A PNG whose data may be ``rows`` (filter bytes included) or one grey pixel's worth for any claim."""
    data = zlib.compress(rows if rows is not None else b"\0\0", 1)
    header = chunk(b"IHDR", pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def grey_png(width: int, height: int) -> bytes:
    """A real grey PNG of these sides, small because it is empty."""
    return png(width, height, rows=bytes((width + 1) * height))


def with_chunks(data: bytes, *chunks: bytes) -> bytes:
    """The PNG with chunks after its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def exif(orientation: int | None = None, **texts: str) -> bytes:
    """EXIF with an orientation and with texts in the tags that carry them (``Make``, ``Artist`` …)."""
    tags = Image.Exif()
    if orientation is not None:
        tags[0x0112] = orientation
    for number, text in {0x010F: "Make", 0x013B: "Artist", 0x010E: "ImageDescription", 0xA431: "BodySerialNumber",
                         0xA430: "CameraOwnerName", 0x0132: "DateTime"}.items():
        if text in texts:
            tags[number] = texts[text]
    return tags.tobytes()
