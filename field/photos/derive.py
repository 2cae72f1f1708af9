"""Derivatives: what people see of a photo. Re-encoded, upright, RGB, nothing kept but the picture.

Decoding is the risky part: outside tests these functions run in the decoder's own process (``decoder.py``).
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pi_heif
from PIL import Image

from field.photos.inspect import MAX_PIXELS, look

# One thread: the decoder's process is limited in memory and processor time, and others wait for a core.
pi_heif.options.DECODE_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False, aux_images=False, depth_images=False)

#: Long sides in pixels: pages and reports, lists and sheets.
SIZES = (1600, 400)

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Unreadable(Exception):
    """The photo does not decode; ``reason`` is one of ``damaged``, ``memory``, ``time``, ``crash``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Derived:
    """A JPEG without any metadata, and its sides in pixels."""

    data: bytes
    width: int
    height: int


def derive(data: bytes, long_side: int) -> Derived:
    """The photo at most ``long_side`` pixels long, never enlarged; raises Unreadable."""
    return derive_all(data, (long_side,))[0]


def derive_all(data: bytes, long_sides: Sequence[int]) -> list[Derived]:
    """The photo in several sizes, largest first, decoded once; raises Unreadable."""
    try:
        with _strict_about_bombs():
            picture = _decode(data, long_sides[0])
            return [_encode(picture := _shrink(picture, side)) for side in long_sides]
    except MemoryError as failure:
        raise Unreadable("memory") from failure
    except Exception as failure:  # damaged files raise six kinds of it, SyntaxError and EOFError among them
        raise Unreadable("damaged") from failure


@contextmanager
def _strict_about_bombs() -> Iterator[None]:
    """Pillow's warning of too many pixels claimed is an error here; its other warnings are noise."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _decode(data: bytes, long_side: int) -> Image.Image:
    """The first frame, shrunk to ``long_side``, upright, RGB on white, without the file's metadata."""
    kind = look(data).kind
    with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as opened:
        # The aspect-true target: a square one keeps the JPEG decoder from halving a 4:3 photo while it reads.
        opened.draft(None, _fit(opened.size, long_side))
        turn = _UPRIGHT.get(_orientation(opened))
        picture = _on_white(_shrink(_plain(opened), long_side))
    return picture.transpose(turn) if turn is not None else picture


def _fit(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    """The sides after shrinking in proportion to ``long_side``; never larger than they were."""
    longest = max(size)
    if longest <= long_side:
        return size
    return tuple(max(1, round(side * long_side / longest)) for side in size)


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a damaged tag says nothing about the picture
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture with eight bits a channel, as RGB or, where something shines through, RGBA."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level * (1 / 257))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _shrink(image: Image.Image, long_side: int) -> Image.Image:
    """Shrinking is most of the job; Hamming's filter looks like bicubic at half the time of Lanczos."""
    size = _fit(image.size, long_side)
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    """A new image: what Pillow remembers of the file (EXIF, comment, profile) stays with the old one."""
    fresh = Image.new("RGB", image.size, "white")
    fresh.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return fresh


def _encode(image: Image.Image) -> Derived:
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return Derived(out.getvalue(), image.width, image.height)
