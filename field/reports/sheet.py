"""A page: paper, margins, text, rules and photos. Points, measured from the top left corner."""

from collections.abc import Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfutils
from reportlab.pdfgen.canvas import Canvas

from field.reports import bidi, shaping, writing
from field.reports.embedding import Embedded
from field.reports.fonts import visible
from field.reports.text import INK, Style

rl_config.useA85 = 0  # binary streams: a photo's bytes go into the file as they are
PAPERS = {"a4": A4, "letter": LETTER}
MARGIN = 13 * mm
FRAME = 0.75


class Sheet:
    """A document being drawn; ``finish`` gives its bytes. The same drawing gives the same bytes."""

    def __init__(self, paper: str, *, title: str, language: str) -> None:
        self.width, self.height = PAPERS[paper]
        self.left, self.right = MARGIN, self.width - MARGIN
        self.language = language
        self._out, self._fonts = BytesIO(), {}
        self.canvas = _Canvas(self._out, pagesize=PAPERS[paper], invariant=1, pageCompression=1, lang=language,
                              pdfVersion=(1, 4))  # the first one with marked texts
        self.canvas.setTitle(visible(title))
        self.canvas.setCreator("Fieldscore")
        self.canvas.setAuthor("Fieldscore")

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def up(self, y: float) -> float:
        """From the top, as we count, to from the bottom, as PDF does."""
        return self.height - y

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left") -> float:
        """One line with its baseline at ``y``; gives its width."""
        shown = visible(text)
        wide = style.wide(shown)
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        line = shaping.line(shown, style.weight, self.language)
        self.canvas.addLiteral(writing.written(line, x, self.up(y), style, self._font))
        return wide

    def _font(self, name: str) -> Embedded:
        """The font as this document holds it."""
        if name not in self._fonts:
            self._fonts[name] = Embedded(self.canvas, name)
        return self._fonts[name]

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style, align: str = "left") -> float:
        """Lines below each other, the first baseline at ``y``; gives the baseline after the last."""
        for line in lines:
            self.text(x, y, line, style, align)
            y += style.leading
        return y

    def paragraph(self, x: float, y: float, lines: Sequence[str], style: Style, width: float) -> float:
        """Lines in a column: those that run from right to left begin at its right edge."""
        for line in lines:
            leftwards = bidi.direction(line) == 1
            self.text(x + width if leftwards else x, y, line, style, "right" if leftwards else "left")
            y += style.leading
        return y

    def rule(self, y: float, weight: float = 0.75, left: float | None = None, right: float | None = None) -> None:
        """A level line, between the margins unless told."""
        self.line(self.left if left is None else left, y, self.right if right is None else right, y, weight)

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float, dash: Sequence[float] = ()) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.setDash(list(dash))
        self.canvas.setStrokeColorRGB(*INK)
        self.canvas.line(x1, self.up(y1), x2, self.up(y2))

    def photo(self, x: float, y: float, width: float, height: float, data: bytes, *, fill: bool = False) -> None:
        """A framed JPEG with its top left corner at x, y: whole, or filling the box when it lies and ``fill``."""
        image = _Jpeg(data)
        wide, high = image.getSize()
        scale = max(width / wide, height / high) if fill and wide > high else min(width / wide, height / high)
        width, height = min(width, wide * scale), min(height, high * scale)
        self.canvas.saveState()
        self.canvas.clipPath(self._box(x, y, width, height), stroke=0, fill=0)
        left, bottom = x + (width - wide * scale) / 2, self.up(y) - height + (height - high * scale) / 2
        self.canvas.drawImage(image, left, bottom, wide * scale, high * scale)
        self.canvas.restoreState()
        self.frame(x, y, width, height)

    def frame(self, x: float, y: float, width: float, height: float, dash: Sequence[float] = ()) -> None:
        """The edge of a photo, so that a pale one keeps it."""
        self.canvas.setLineWidth(FRAME)
        self.canvas.setDash(list(dash))
        self.canvas.setStrokeColorRGB(*INK)
        self.canvas.drawPath(self._box(x, y, width, height), stroke=1, fill=0)

    def _box(self, x: float, y: float, width: float, height: float):
        path = self.canvas.beginPath()
        path.roundRect(x, self.up(y) - height, width, height, 2)
        return path

    def next_page(self) -> None:
        self.canvas.showPage()

    def finish(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()


class _Canvas(Canvas):
    """A canvas that names no font but ours: ReportLab's begins every page with one that is not embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class _Jpeg(ImageReader):
    """A JPEG whose bytes go into the file unread: ReportLab would decode it only to name it."""

    def __init__(self, data: bytes) -> None:
        self._bytes = data
        self._dataA = None
        self._width, self._height, *_ = pdfutils.readJPEGInfo(BytesIO(data))

    def jpeg_fh(self) -> BytesIO:
        return BytesIO(self._bytes)

    def getRGBData(self) -> bytes:  # noqa: N802 (ReportLab's name)
        return self._bytes
