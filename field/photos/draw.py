"""Drawn photos for the demo: no camera, no person, no place that exists, and no two files alike."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageChops

from field.photos.canvas import HEIGHT, WIDTH
from field.photos.people import helping, queue, receipt, till, uniform
from field.photos.places import aisle, exit_way, shelf, shopfront, sign, washroom

SCENES = {
    "aisle": aisle, "exit": exit_way, "help": helping, "queue": queue, "receipt": receipt, "shelf": shelf,
    "shopfront": shopfront, "sign": sign, "till": till, "uniform": uniform, "washroom": washroom,
}
VARIANTS = 4
_BLEED = 6 * 12, 6 * 9
_GRAIN = 3


def draw(scene: str, seed: int, *, tidy: bool = True) -> bytes:
    """A JPEG of 1280 by 960, always the same for the same arguments.

    Pictures of one scene share a few drawings; each is framed, lit and grained by its own seed: cheap.
    """
    rng = Random(f"{scene} {seed} {tidy}")
    picture = _framed(_drawing(scene, rng.randrange(VARIANTS), tidy), rng)
    light = rng.uniform(0.9, 1.05)
    picture = picture.point([min(round(level * light), 255) for level in range(256)] * 3)
    grain = ImageChops.offset(_grain(), rng.randrange(WIDTH), rng.randrange(HEIGHT))
    picture = ImageChops.add(picture, grain, offset=-_GRAIN)
    out = BytesIO()
    picture.save(out, "JPEG", quality=78)
    return out.getvalue()


@cache
def _drawing(scene: str, variant: int, tidy: bool) -> Image.Image:
    """A picture with some room around what a photo shows."""
    return SCENES[scene](Random(f"{scene} {variant}"), tidy).finished(WIDTH + _BLEED[0], HEIGHT + _BLEED[1])


def _framed(picture: Image.Image, rng: Random) -> Image.Image:
    """The picture as another hand would have held the camera."""
    left, top = (rng.randrange(room) for room in _BLEED)
    return picture.crop((left, top, left + WIDTH, top + HEIGHT))


@cache
def _grain() -> Image.Image:
    """The noise of a small sensor in bad light."""
    noise = Image.frombytes("L", (WIDTH, HEIGHT), Random("grain").randbytes(WIDTH * HEIGHT))
    return noise.point([level * 2 * _GRAIN // 255 for level in range(256)]).convert("RGB")
