"""Where every text of a report was put, for tests that nothing overflows or overlaps."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from field.reports.sheet import MARGIN, Sheet
from field.reports.text import Style


@dataclass(frozen=True)
class Box:
    """A line of text on a page, from the top left corner; high as its capitals, deep as its descenders."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def over(self, other: "Box") -> bool:
        """Whether the two cover each other by more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return self.page == other.page and across > 0.5 and down > 0.5


def placed(monkeypatch: pytest.MonkeyPatch, draw: Callable[[], bytes]) -> tuple[list[Box], tuple[float, float]]:
    """The boxes of a report while it is drawn, and the size of its pages."""
    found, sizes, original = [], [], Sheet.text

    def text(self: Sheet, x: float, y: float, said: str, style: Style, align: str = "left") -> float:
        wide = original(self, x, y, said, style, align)
        left = x - {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        sizes.append((self.width, self.height))
        page = self.canvas.getPageNumber()
        found.append(Box(page, left, y - 0.72 * style.size, left + wide, y + 0.2 * style.size, said))
        return wide

    monkeypatch.setattr(Sheet, "text", text)
    draw()
    monkeypatch.undo()
    return [box for box in found if box.text.strip()], sizes[0]


def assert_apart(boxes: list[Box], size: tuple[float, float]) -> None:
    """No text leaves the margins, none covers another."""
    outside = [box for box in boxes if box.left < MARGIN - 4 or box.right > size[0] - MARGIN + 1
               or box.top < MARGIN - 1 or box.bottom > size[1] - MARGIN + 2]
    assert outside == [], outside
    covering = [(one.text, other.text) for place, one in enumerate(boxes) for other in boxes[place + 1:] if one.over(other)]
    assert covering == [], covering
