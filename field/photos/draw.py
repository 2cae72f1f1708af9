"""Drawn photos for the demo: no camera, no person, no place that exists, and no two files alike."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageEnhance

from field.photos.canvas import HEIGHT, WIDTH
from field.photos.people import helping, queue, receipt, till, uniform
from field.photos.places import aisle, exit_way, shelf, shopfront, sign, washroom

SCENES = {
    "aisle": aisle, "exit": exit_way, "help": helping, "queue": queue, "receipt": receipt, "shelf": shelf,
    "shopfront": shopfront, "sign": sign, "till": till, "uniform": uniform, "washroom": washroom,
}
VARIANTS = 4
_MARGIN = 40
_GRAIN = 3


def draw(scene: str, seed: int, *, tidy: bool = True) -> bytes:
    """A JPEG of 1280 by 960, always the same for the same arguments.

    Pictures of one scene share a few drawings; each is framed, lit and grained by its own seed: cheap.
    """
    rng = Random(f"{scene} {seed} {tidy}")
    picture = _framed(_drawing(scene, rng.randrange(VARIANTS), tidy), rng)
    picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.9, 1.05))
    grain = ImageChops.offset(_grain(), rng.randrange(WIDTH), rng.randrange(HEIGHT))
    picture = ImageChops.add(picture, grain, offset=-_GRAIN)
    out = BytesIO()
    picture.save(out, "JPEG", quality=78)
    return out.getvalue()


@cache
def _drawing(scene: str, variant: int, tidy: bool) -> Image.Image:
    return SCENES[scene](Random(f"{scene} {variant}"), tidy).finished()


def _framed(picture: Image.Image, rng: Random) -> Image.Image:
    """The picture as another hand would have held the camera."""
    margin = _MARGIN + rng.uniform(0, _MARGIN)
    left, top = rng.uniform(0, margin), rng.uniform(0, margin) * HEIGHT / WIDTH
    frame = (left, top, left + WIDTH - margin, top + HEIGHT - margin * HEIGHT / WIDTH)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=frame)


@cache
def _grain() -> Image.Image:
    """The noise of a small sensor in bad light."""
    noise = Image.frombytes("L", (WIDTH, HEIGHT), Random("grain").randbytes(WIDTH * HEIGHT))
    return noise.point([level * 2 * _GRAIN // 255 for level in range(256)]).convert("RGB")
