"""What people see of a photo: its picture, upright and in its colours, and nothing else."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from field.photos.derive import Unreadable, derive, derive_all
from tests.photos.corpus import Case, corpus
from tests.photos.making import chunk, exif, jpeg, picture, saved, segment, segments, with_chunks, with_segments

CANARY = "CANARY-4711"
REAL = Path(os.environ.get("FIELDSCORE_SAMPLE_PHOTOS", Path(__file__).parents[3] / "shared" / "data" / "photos"))
TAKEN = [case for case in corpus() if case.expect_status == 200]
CORNERS = {("top", "left"): "red", ("top", "right"): "lime", ("bottom", "left"): "blue", ("bottom", "right"): "white"}

#: EXIF 2.3, table "Orientation": the visual side of the stored row 0 and of the stored column 0.
ORIENTATIONS = {1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
                5: ("left", "top"), 6: ("right", "top"), 7: ("right", "bottom"), 8: ("left", "bottom")}
OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=["JPEG"])


def _near(pixel: tuple[int, ...], colour: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.name)
def test_a_photo_taken_in_is_derived_or_found_unreadable(case: Case) -> None:
    try:
        derived = derive_all(case.data, (1600, 400))
    except Unreadable as unreadable:
        assert not case.readable and unreadable.reason == "damaged"
        return
    assert case.readable
    assert [max(each.width, each.height) <= side for each, side in zip(derived, (1600, 400), strict=True)] == [True, True]


@pytest.mark.parametrize("case", [c for c in TAKEN if c.readable], ids=lambda case: case.name)
def test_a_derivative_has_only_the_segments_that_a_picture_needs(case: Case) -> None:
    data = derive(case.data, 400).data
    found = segments(data)
    assert {marker for marker, _ in found} == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
    assert [body for marker, body in found if marker == 0xE0] == [b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]
    assert data.endswith(b"\xff\xd9") and data.index(b"\xff\xd9") == len(data) - 2


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_derivative_is_upright(orientation: int, kind: str) -> None:
    row, column = ORIENTATIONS[orientation]
    size = (96, 160) if orientation < 5 else (160, 96)
    stored = Image.new("RGB", size)
    for x, side_x in ((0, column), (size[0] // 2, OPPOSITE[column])):
        for y, side_y in ((0, row), (size[1] // 2, OPPOSITE[row])):
            corner = next(c for sides, c in CORNERS.items() if set(sides) == {side_x, side_y})
            stored.paste(corner, (x, y, x + size[0] // 2, y + size[1] // 2))
    derived = derive(saved(stored, kind, exif=exif(orientation)), 400)
    upright = _opened(derived.data).convert("RGB")
    assert upright.size == (96, 160) == (derived.width, derived.height)
    for (vertical, horizontal), colour in CORNERS.items():
        pixel = upright.getpixel((20 if horizontal == "left" else 75, 20 if vertical == "top" else 140))
        assert _near(pixel, Image.new("RGB", (1, 1), colour).getpixel((0, 0)), 40)


def test_an_orientation_that_does_not_exist_is_ignored() -> None:
    assert derive(jpeg(size=(200, 100), exif=exif(99)), 400).width == 200


@pytest.mark.parametrize(("mode", "kind", "colour", "expected"), [
    ("CMYK", "JPEG", (255, 0, 0, 0), (0, 255, 255)),
    ("CMYK", "JPEG", (0, 0, 0, 0), (255, 255, 255)),
    ("RGBA", "PNG", (255, 0, 0, 0), (255, 255, 255)),
    ("RGBA", "PNG", (255, 0, 0, 128), (255, 127, 127)),
    ("LA", "PNG", (0, 0), (255, 255, 255)),
    ("I;16", "PNG", 0x8000, (127, 127, 127)),
    ("I;16", "PNG", 0xFFFF, (255, 255, 255)),
    ("RGBA", "WEBP", (255, 0, 0, 0), (255, 255, 255)),
])
def test_colours_are_kept(mode: str, kind: str, colour: object, expected: tuple[int, ...]) -> None:
    data = derive(saved(Image.new(mode, (80, 80), colour), kind, **({"lossless": True} if kind == "WEBP" else {})), 400).data
    assert _near(_opened(data).convert("RGB").getpixel((40, 40)), expected)


def test_a_transparent_palette_stands_on_white() -> None:
    palette = Image.new("P", (80, 80), 3)
    palette.putpalette([0, 0, 0] * 256)
    assert _near(_opened(derive(saved(palette, "PNG", transparency=3), 400).data).getpixel((40, 40)), (255, 255, 255))


@pytest.mark.parametrize(("size", "long_side", "expected"), [
    ((4032, 3024), 1600, (1600, 1200)), ((3024, 4032), 400, (300, 400)), ((640, 480), 1600, (640, 480)),
    ((1601, 1601), 1600, (1600, 1600)), ((1600, 80), 400, (400, 20)),
])
def test_sides_keep_their_ratio_and_never_grow(size: tuple[int, int], long_side: int, expected: tuple[int, int]) -> None:
    derived = derive(saved(Image.new("RGB", size, "teal"), "JPEG"), long_side)
    assert (derived.width, derived.height) == expected == _opened(derived.data).size


def _whispering_photos() -> dict[str, bytes]:
    tags = exif(6, Make=CANARY, Artist=CANARY, ImageDescription=CANARY, BodySerialNumber=CANARY, CameraOwnerName=CANARY)
    located = Image.Exif()
    located.get_ifd(0x8825)[0x1D] = CANARY
    located[0x8825] = {1: "N", 2: (47.0, 29.0, 0.0), 29: CANARY}
    located[0x9C9D] = CANARY.encode("utf-16-le")
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY.encode()
    marked = with_segments(
        jpeg(exif=tags, comment=CANARY.encode(), xmp=xmp, icc_profile=profile),
        segment(0xED, b"Photoshop 3.0\0" + CANARY.encode()), segment(0xEB, CANARY.encode()), segment(0xFE, CANARY.encode()),
    )
    texts = [chunk(b"tEXt", b"Author\0" + CANARY.encode()), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),
             chunk(b"eXIf", tags.removeprefix(b"Exif\0\0"))]
    return {
        "JPEG": marked + CANARY.encode(),
        "JPEG with a place": jpeg(exif=located.tobytes()),
        "PNG": with_chunks(saved(picture(), "PNG", icc_profile=profile), *texts),
        "WebP": saved(picture(), "WEBP", exif=tags, xmp=xmp, icc_profile=profile),
    }


@pytest.mark.parametrize(("name", "data"), _whispering_photos().items(), ids=lambda value: value if isinstance(value, str) else "")
def test_nothing_that_the_file_whispers_is_in_a_derivative(name: str, data: bytes) -> None:
    needles = (CANARY.encode(), CANARY.encode("utf-16-le"), b"Exif", b"ICC_PROFILE", b"xmpmeta", b"Photoshop")
    assert any(needle in data for needle in needles[:2])
    for derived in derive_all(data, (1600, 400)):
        assert not [needle for needle in needles if needle in derived.data]


@pytest.mark.skipif(not REAL.is_dir(), reason="the sample photos are not on this machine")
def test_real_photos_are_derived_without_their_tags_but_for_the_truncated_one() -> None:
    unreadable = set()
    for path in sorted(REAL.glob("*.[jm]p*")):
        try:
            derived = derive_all(path.read_bytes(), (1600, 400))
        except Unreadable:
            unreadable.add(path.name)
            continue
        for each in derived:
            assert {marker for marker, _ in segments(each.data)} == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}, path.name
    assert unreadable == {"truncated_jpeg.jpg"}
