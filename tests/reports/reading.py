"""Reading a PDF back as people and machines would."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL.Image import Image
from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The text of all pages, its white space evened."""
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())


def picture_of(pdf: bytes, *, dpi: int = 150, grey: bool = False) -> Image:
    """The first page as it would be printed."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=grey).to_pil()


def codes_in(pdf: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture_of(pdf, dpi=200))]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font that a page names, and whether it is embedded."""
    found = {}
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            found[str(inner["/BaseFont"])] = "/FontFile2" in inner.get("/FontDescriptor", {})
    return found


def placed_words(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float]]:
    """Every piece of text with its place and size: text, x, y from the bottom, size."""
    found: list[tuple[str, float, float, float]] = []

    def see(text, _cm, tm, _font, size) -> None:
        if text.strip():
            found.append((text.strip(), tm[4], tm[5], size))

    reader(pdf).pages[page].extract_text(visitor_text=see)
    return found


def read_back(pdf: bytes, page: int = 0) -> str:
    """A page's text as a reader copies it: in reading order, shaped words as they were typed."""
    return " ".join(pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range().split())
