"""Hostile and ordinary photos with the answer that each must get: the table of `security.md` §4, generated.

``expect_status`` is that of the upload (200 stands for 200 and 201); ``readable`` says whether an accepted one
decodes afterwards or is quarantined.
"""

import random
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from struct import pack

from PIL import Image

from tests.photos.making import (
    chunk,
    claiming,
    exif,
    grey_png,
    jpeg,
    picture,
    png,
    saved,
    segment,
    with_chunks,
    with_scans,
    with_segments,
)

_HERE = Path(__file__).parent
HEIC = (_HERE / "plain.heic").read_bytes()


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    expect_status: int
    readable: bool = True
    note: str = ""


@cache
def corpus() -> tuple[Case, ...]:
    """Every case, made once."""
    return (*_ordinary(), *_metadata(), *_damaged(), *_polyglots(), *_heic(), *_other_kinds(), *_moving(), *_bombs(), *_shapes())


def _ordinary() -> list[Case]:
    rgb, alpha = picture(), picture("RGBA")
    palette = picture("P")
    return [
        Case("plain JPEG", jpeg(), 200),
        Case("progressive JPEG", jpeg(progressive=True), 200),
        Case("grey JPEG", jpeg("L"), 200),
        Case("CMYK JPEG", jpeg("CMYK"), 200),
        Case("JPEG with restart markers", jpeg(restart_marker_rows=1), 200),
        Case("MPO", saved(rgb, "MPO", save_all=True, append_images=[rgb]), 200, note="the first frame counts"),
        *[Case(f"PNG {mode}", saved(picture(mode), "PNG"), 200) for mode in ("1", "L", "LA", "RGB", "RGBA", "P", "I;16")],
        Case("interlaced look-alike PNG, 16 bits RGB", png(64, 64, depth=16, colour=2, rows=(b"\0" + b"\x80\0" * 192) * 64), 200),
        Case("palette PNG with transparency", saved(palette, "PNG", transparency=0), 200),
        Case("WebP", saved(rgb, "WEBP"), 200),
        Case("WebP, lossless", saved(rgb, "WEBP", lossless=True), 200),
        Case("WebP with alpha", saved(alpha, "WEBP"), 200),
    ]


def _metadata() -> list[Case]:
    data = jpeg()
    noise = random.Random(7).randbytes(2_000_000)
    loop = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"
    many = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x0f\x01\x02\0\x04\0\0\0abc\0" * 5_000
    profiles = [segment(0xE2, b"ICC_PROFILE\0" + bytes((i + 1, 40)) + noise[i * 50_000:(i + 1) * 50_000]) for i in range(40)]
    return [
        *[Case(f"orientation {n}", jpeg(exif=exif(n)), 200) for n in (*range(1, 9), 0, 99)],
        Case("EXIF directory that loops", with_segments(data, segment(0xE1, loop)), 200),
        Case("EXIF of 65,535 entries", with_segments(data, segment(0xE1, many)), 200),
        Case("3.9 MB of APP1", with_segments(data, *[segment(0xE1, noise[:65_000])] * 60), 200),
        Case("EXIF from 2031", jpeg(exif=exif(DateTime="2031:01:01 00:00:00")), 200),
        Case("garbage for a colour profile", jpeg(icc_profile=b"garbage"), 200),
        Case("2 MB of random colour profile", with_segments(data, *profiles), 200),
    ]


def _damaged() -> list[Case]:
    data, drawn, webp = jpeg(size=(640, 480)), saved(picture(), "PNG"), saved(picture(), "WEBP")
    wrong_sum = bytearray(drawn)
    wrong_sum[30] ^= 0xFF
    return [
        Case("JPEG cut at 90 %", data[:len(data) * 9 // 10], 200, readable=False),
        Case("JPEG of its header only", data[:600], 200, readable=False),
        Case("half a PNG", drawn[:len(drawn) // 2], 200, readable=False),
        Case("half a WebP", webp[:len(webp) // 2], 200, readable=False),
        Case("PNG whose data is noise", png(64, 64, rows=b"\x09" * 20), 200, readable=False),
        Case("PNG with a bad checksum", bytes(wrong_sum), 415),
        Case("PNG of an unknown colour type", png(64, 64, colour=5), 415),
        Case("JPEG of 0 x 0", claiming(data, 0, 0), 415),
        Case("JPEG start alone", b"\xff\xd8\xff", 415),
        Case("JPEG without a frame", b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9", 415),
        Case("WebP cut in its first chunk", webp[:24], 415),
        Case("one byte", b"\xff", 415),
        Case("nothing", b"", 415),
    ]


def _polyglots() -> list[Case]:
    data = jpeg()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.txt", "evil")
    php = b"<?php system($_GET['c']); ?>"
    return [
        Case("JPEG and zip", data + packed.getvalue(), 200),
        Case("JPEG and PHP", data + php, 200),
        Case("JPEG with a tail of scans", data + b"\0\2" + b"\xff\xda\0\2" * 1_000, 200, note="the tail is no picture"),
        Case("HTML in a JPEG's comment", jpeg(comment=b"<script>alert(1)</script>"), 200),
        Case("JPEG that is JavaScript", with_segments(data, segment(0xFE, b"*/=alert(1);/*")), 200),
        Case("PHP in a PNG's text", with_chunks(saved(picture(), "PNG"), chunk(b"tEXt", b"Comment\0" + php)), 200),
    ]


def _heic() -> list[Case]:
    """Made once with another encoder: there is none here."""
    at = HEIC.index(b"ispe") + 8
    return [
        Case("HEIC", HEIC, 200),
        Case("HEIC with an orientation", (_HERE / "turned.heic").read_bytes(), 200),
        Case("HEIC cut at 90 %", HEIC[:len(HEIC) * 9 // 10], 200, readable=False),
        Case("HEIC without its data", HEIC[:HEIC.index(b"mdat") - 4], 200, readable=False),
        Case("HEIC that claims 20,000 x 20,000", HEIC[:at] + pack(">II", 20_000, 20_000) + HEIC[at + 8:], 413),
        Case("HEIC of 32 x 32", HEIC[:at] + pack(">II", 32, 32) + HEIC[at + 8:], 415),
        Case("HEIC that claims 640 x 480", HEIC[:at] + pack(">II", 640, 480) + HEIC[at + 8:], 200, readable=False),
    ]


def _other_kinds() -> list[Case]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    xxe = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
    made = {kind: saved(picture(), kind) for kind in ("TIFF", "BMP", "ICO", "GIF", "DDS", "JPEG2000", "EPS", "PDF", "AVIF")}
    heic = pack(">I4s4sI4s4s", 24, b"ftyp", b"heic", 0, b"mif1", b"heic") + bytes(2_000)
    moving = pack(">I4s4sI4s", 20, b"ftyp", b"hevc", 0, b"heic") + HEIC[28:]
    written = {
        "text": b"just text " * 50, "HTML": b"<!doctype html><script>alert(1)</script>", "EXE": b"MZ" + bytes(500),
        "SVG with a script": svg, "SVG with an entity": xxe, "PSD": b"8BPS\0\x01" + bytes(500),
        "FITS": b"SIMPLE  =                    T".ljust(2_880), "HEIC of zeros": heic, "half a HEIC of zeros": heic[:1_000],
        "HEIC cut in its header": HEIC[:200], "a HEIC sequence": moving,
    }
    return [Case(name, data, 415, note="no decoder is reached") for name, data in {**made, **written}.items()]


def _moving() -> list[Case]:
    frames = [picture(), picture().rotate(180)]
    many = {"save_all": True, "append_images": frames[1:], "duration": 100}
    return [
        Case("animated GIF", saved(frames[0], "GIF", **many), 415),
        Case("animated WebP", saved(frames[0], "WEBP", **many), 415),
        Case("animated PNG", saved(frames[0], "PNG", **many), 415),
    ]


def _bombs() -> list[Case]:
    data, drawn = jpeg(), saved(picture(), "PNG")
    zeros = zlib.compress(bytes(200_000_000), 1)
    text, profile = chunk(b"zTXt", b"Comment\0\0" + zeros), chunk(b"iCCP", b"p\0\0" + zeros)
    return [
        Case("PNG of 30,000 x 30,000", png(30_000, 30_000, depth=1, rows=bytes(100_000)), 413),
        Case("PNG that claims 65,000 x 65,000", png(65_000, 65_000), 413),
        Case("PNG that claims 2^31-1 x 1", png(2**31 - 1, 1), 413),
        Case("JPEG that claims 65,500 x 65,500", claiming(data, 65_500, 65_500), 413),
        Case("JPEG of 108 megapixels", claiming(data, 12_000, 9_000), 413, note="the phone must shrink it"),
        Case("text that inflates to 200 MB", with_chunks(drawn, text), 200, readable=False),
        Case("profile that inflates to 200 MB", with_chunks(drawn, profile), 200, readable=False),
        Case("JPEG of 410 scans", with_scans(410), 415),
        Case("JPEG of 65 scans", with_scans(65), 415),
        Case("JPEG of 64 scans", with_scans(64), 200),
        Case("JPEG of 50 megapixels", saved(Image.new("RGB", (8_000, 6_250), "teal"), "JPEG"), 200),
        Case("PNG of 50 megapixels", grey_png(8_000, 6_250), 200),
    ]


def _shapes() -> list[Case]:
    data = jpeg()
    return [
        Case("1 x 1", png(1, 1), 415),
        Case("1 x 64,000", png(1, 64_000), 415),
        Case("63 px high", grey_png(200, 63), 415),
        Case("64 x 64", grey_png(64, 64), 200),
        Case("20 to 1", grey_png(64, 1_280), 200),
        Case("more than 20 to 1", grey_png(64, 1_281), 415),
        Case("64,000,000 pixels", claiming(data, 8_000, 8_000), 200, note="claims more than it has: the rest is grey"),
        Case("64,008,000 pixels", claiming(data, 8_001, 8_000), 413),
        Case("20,000,000 bytes", data.ljust(20_000_000, b"\0"), 200),
        Case("20,000,001 bytes", data.ljust(20_000_001, b"\0"), 413),
    ]
