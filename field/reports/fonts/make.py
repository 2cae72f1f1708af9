"""Makes this folder: ``python field/reports/fonts/make.py FOLDER`` with the unpacked packages that NOTICE names.

The Chinese fonts hold 30,000 glyphs a weight, more than all our fonts together may weigh. Kept are:

    NotoSansSC-Regular   all unified ideographs, and what lies beyond the basic plane
    NotoSansTC-Regular   the ideographs of Big5 with Hong Kong's supplement, and what lies beyond and SC lacks
    NotoSansSC-Bold      the first, frequent level of GB 2312
    NotoSansTC-Bold      the first, frequent level of Big5

A rarer ideograph in bold is the regular one with a thicker line.
Of NotoSansSymbols2 the arrows to dingbats are kept; the others come unchanged. Arabic is an older edition: later ones
draw a letter's dots as glyphs of their own, and what is printed could not be read back.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import uharfbuzz as hb

HERE = Path(__file__).parent
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
WHOLE = ("", "Thai", "Arabic", "Hebrew")
SYMBOLS = range(0x2190, 0x2C00)
HAN = range(0x4E00, 0xA000)
#: Punctuation, kana, bopomofo and other signs that stand among ideographs, and forms of their width.
SIGNS = (*range(0x2000, 0x3400), *range(0xF900, 0x10000))
#: Those that every Chinese font needs for itself.
PUNCTUATION = (*range(0x2010, 0x2030), *range(0x3000, 0x3130), *range(0xFF00, 0x10000))
#: Not needed: Chinese is set level and unshaped.
DROPPED = ("GSUB", "GPOS", "GDEF", "STAT", "vhea", "vmtx", "VORG", "BASE", "gasp")


def main(packages: Path) -> None:
    for script in WHOLE:
        for weight in WEIGHTS:
            shutil.copyfile(_source(packages, script, weight), HERE / f"NotoSans{script}-{weight}.ttf")
    beyond = {script: {code for code in _characters(packages, script) if code > 0xFFFF} for script in ("SC", "TC")}
    _subset(packages, "SC", "Regular", {*HAN, *SIGNS, *beyond["SC"]})
    _subset(packages, "TC", "Regular", {*_in("big5hkscs"), *PUNCTUATION, *(beyond["TC"] - beyond["SC"])})
    _subset(packages, "SC", "Bold", {*_in("gb2312", b"\xd8\xa1"), *PUNCTUATION})
    _subset(packages, "TC", "Bold", {*_in("big5", b"\xc6\xa1"), *PUNCTUATION})
    _subset(packages, "Symbols2", "Regular", SYMBOLS)


def _in(encoding: str, before: bytes = b"\xff") -> set[int]:
    """The ideographs of a national character set, up to one of its codes."""
    codes = {code: chr(code).encode(encoding, "ignore") for code in HAN}
    return {code for code, found in codes.items() if found and found < before}


def _source(packages: Path, script: str, weight: str) -> Path:
    debian, npm = f"NotoSans{script}-{weight}.ttf", f"{WEIGHTS[weight]}/NotoSans{script}_{WEIGHTS[weight]}.ttf"
    return next(packages.glob(f"**/{debian if script == 'Arabic' else npm}"))


def _characters(packages: Path, script: str) -> set[int]:
    return set(_open(_source(packages, script, "Regular")).unicodes)


def _open(path: Path) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(path))


def _subset(packages: Path, script: str, weight: str, characters: Iterable[int]) -> None:
    """The font with these characters alone, its names and licence inside as they were."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.unicode_set.update(characters)
    wanted.name_id_set.update(range(26))
    wanted.drop_table_tag_set.update(int.from_bytes(name.ljust(4).encode(), "big") for name in DROPPED)
    made = hb.subset(_open(_source(packages, script, weight)), wanted)
    (HERE / f"NotoSans{script}-{weight}.ttf").write_bytes(made.blob.data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
