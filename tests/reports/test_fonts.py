"""The fonts of the project: their licences, their weight, and that nobody pays for a script that is not printed."""

import hashlib
import json
import re
import subprocess
import sys

import pytest

from field.reports.fonts import ALPHABETS, ANY_CHINESE, FOLDER, SYMBOLS, opened

FILES = sorted(FOLDER.glob("*.ttf"))
DRAWING = """
import json, resource, sys
from field.reports import fonts
from field.reports.scorecard import draw
from tests.reports.making import card
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
draw(card(**json.loads(sys.argv[1])))
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - bare
print(json.dumps([fonts.opened.cache_info().currsize, grown]))
"""


def drawn(**changes: str) -> tuple[int, float]:
    """How many fonts a process of its own opens for a card, and the megabytes that it needs more."""
    ran = subprocess.run([sys.executable, "-c", DRAWING, json.dumps(changes)], capture_output=True, text=True, check=True)
    fonts, grown = json.loads(ran.stdout)
    return fonts, grown / 1024


def test_all_fonts_together_weigh_at_most_twenty_megabytes() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*")) <= 20_000_000


def test_each_font_is_the_one_that_the_notice_names_under_the_licence_beside_it() -> None:
    named = dict(reversed(line.split()) for line in re.findall(r"^[0-9a-f]{64}  \S+$", (FOLDER / "NOTICE").read_text(), re.M))
    assert named == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}
    licence = (FOLDER / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for owner in ("latin-greek-cyrillic", "thai", "Noto Sans Arabic", "hebrew", "symbols", "Adobe"):
        assert owner in licence.split("-----")[0]


def test_every_font_is_used_and_can_be_embedded() -> None:
    used = {name for family in (*ALPHABETS, *ANY_CHINESE, SYMBOLS) for name in (family.regular, family.bold) if name}
    assert used == {file.stem for file in FILES}
    assert all({"glyf", "loca"} <= set(opened(name).face.table_tags) for name in used)


def test_both_chinese_fonts_are_equally_wide() -> None:
    """What is measured once holds in every language."""
    simplified, traditional = (opened(family.regular) for family in ANY_CHINESE)
    for code in set(simplified.face.unicodes) & set(traditional.face.unicodes):
        wide = [font.get_glyph_h_advance(font.get_nominal_glyph(code)) for font in (simplified, traditional)]
        assert wide[0] == wide[1], hex(code)


def test_a_sheet_in_english_opens_no_font_but_its_own() -> None:
    fonts, grown = drawn()
    assert fonts == 2
    assert grown < 40


@pytest.mark.parametrize("changes", [
    {"language": "zh-Hans", "site": "骨直角海门臺灣啲喆", "words": "茶店依規定穿著"}, {"language": "zh-Hant", "site": "骨直角海門这来", "words": "茶店"},
    {"site": "ไทย हिन्दी العربية שלום 茶 ✓"},
])
def test_other_scripts_take_little_memory(changes: dict[str, str]) -> None:
    fonts, grown = drawn(**changes)
    assert fonts > 3
    assert grown < 60
