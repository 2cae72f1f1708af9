"""Bytes to text: UTF-8 unless somebody says otherwise; bytes of another encoding are recognised and said."""

import codecs
import re
from dataclasses import dataclass

from field.errors import Mistake, Problem
from field.locale import N_

#: What a person can choose, with Python's name for it. A mark at the beginning of UTF-8 is no text.
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "latin-1": "latin-1"}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

UTF_16 = N_("This is UTF-16. Save the file as “CSV UTF-8” and send it again.")
NOT_UTF_8 = N_("A letter here is not UTF-8. Save the file as “CSV UTF-8”, or say below that it is Windows-1252 or Latin-1.")
NOT_THIS = N_("A byte here has no letter in the chosen encoding. Choose another one.")
CONTROL = N_("Remove the control characters from this line.")


@dataclass(frozen=True)
class Guessed:
    """Text with the encoding it turned out to have, and how many lines were not UTF-8."""

    text: str
    encoding: str
    lines: int


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """The text of a file; ``import.encoding`` names the lines, counted from 1, that are not in ``encoding``."""
    if data.startswith(_WIDE):
        raise Problem("import.encoding", errors=[Mistake("/1", "bytes.utf_16", UTF_16)])
    try:
        text = data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        message = NOT_UTF_8 if encoding == "utf-8" else NOT_THIS
        places = _lines_not_in(data, ENCODINGS[encoding])[:20]
        raise Problem("import.encoding", errors=[Mistake(f"/{line}", "bytes.encoding", message) for line in places]) from None
    odd = [n for n, line in enumerate(text.split("\n"), 1) if _CONTROL.search(line)]
    if odd:
        raise Problem("import.invalid", errors=[Mistake(f"/{line}", "text.characters", CONTROL) for line in odd[:20]])
    return text


def guess(data: bytes) -> Guessed:
    """The text as UTF-8, else as Windows-1252, else as Latin-1, which every byte belongs to."""
    for encoding in ENCODINGS:
        try:
            return Guessed(data.decode(ENCODINGS[encoding]), encoding, len(_lines_not_in(data, "utf-8")))
        except UnicodeDecodeError:
            continue
    raise AssertionError("Latin-1 knows every byte")


def _lines_not_in(data: bytes, codec: str) -> list[int]:
    return [number for number, line in enumerate(data.split(b"\n"), 1) if not _fits(line, codec)]


def _fits(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
