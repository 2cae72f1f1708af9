"""A drawing surface for flat pictures: coordinates of a 1280 by 960 picture, drawn larger and made smooth."""

from collections.abc import Sequence
from typing import Self

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 960
_SCALE = 2

Point = tuple[float, float]
Colour = str | tuple[int, int, int]


class Canvas:
    """Shapes in picture coordinates; ``finished`` gives the smooth picture in any size."""

    def __init__(self, ground: Colour) -> None:
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), ground)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def box(self, left: float, top: float, width: float, height: float, colour: Colour, radius: float = 0) -> Self:
        corners = [left * _SCALE, top * _SCALE, (left + width) * _SCALE - 1, (top + height) * _SCALE - 1]
        self._draw.rounded_rectangle(corners, radius * _SCALE, fill=colour)
        return self

    def shape(self, points: Sequence[Point], colour: Colour) -> Self:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)
        return self

    def oval(self, x: float, y: float, across: float, down: float, colour: Colour) -> Self:
        """An ellipse by its middle and its half axes."""
        corners = [(x - across) * _SCALE, (y - down) * _SCALE, (x + across) * _SCALE, (y + down) * _SCALE]
        self._draw.ellipse(corners, fill=colour)
        return self

    def ring(self, x: float, y: float, across: float, down: float, colour: Colour, width: float) -> Self:
        corners = [(x - across) * _SCALE, (y - down) * _SCALE, (x + across) * _SCALE, (y + down) * _SCALE]
        self._draw.ellipse(corners, outline=colour, width=round(width * _SCALE))
        return self

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> Self:
        """A line with round joints and ends."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, colour)
        return self

    def finished(self, width: int, height: int) -> Image.Image:
        return self._image.resize((width, height), Image.Resampling.BOX)


def shade(colour: str, amount: float) -> str:
    """A colour made lighter (above 0) or darker (below), by a share of the way to white or black."""
    target = 255 if amount > 0 else 0
    parts = [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (target - part) * abs(amount)):02x}" for part in parts)
