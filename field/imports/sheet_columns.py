"""The two sheets of a questionnaire's spreadsheet and their columns: the one list for reading, template and page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from field.imports import sheet_cells as cells
from field.locale import N_

QUESTIONS, OPTIONS = "Questions", "Options"
#: Stands in a path for the highest step of the question's own rating.
TOP = "top"


@dataclass(frozen=True)
class Column:
    """``path`` leads to the member of the document; ``text`` ones hold words in the questionnaire's language."""

    name: str
    about: str
    path: tuple[str, ...]
    read: Callable[[Any], Any] = cells.word
    text: bool = False


QUESTION_COLUMNS = (
    Column("kind", N_("section begins a section; yes_no, rating, choice, choices, number, duration, text, photo or note asks a question"), ("kind",)),
    Column("key", N_("Small letters, digits and underscores; keeps its meaning over versions"), ("key",)),
    Column("text", N_("The question, or the section's title"), ("text",), text=True),
    Column("standard", N_("The rule that staff were told"), ("standard",), text=True),
    Column("help", N_("How to check it, or what opens the section"), ("help",), text=True),
    Column("dimension", N_("tangibles, reliability, responsiveness, assurance or empathy"), ("dimension",)),
    Column("points", N_("The most it can earn; empty: not scored"), ("points",), cells.decimal),
    Column("weight", N_("Empty: 1"), ("weight",), cells.decimal),
    Column("must_keep", N_("yes: missing it fails the visit"), ("critical",), cells.yes),
    Column("fail_below", N_("Points below which a must-keep standard is missed"), ("fail_below",), cells.decimal),
    Column("good", N_("yes_no: the answer that earns the points; empty: yes"), ("good",), cells.yes),
    Column("scale", N_("rating: the highest step; empty: 5"), ("scale",), cells.whole),
    Column("low_label", N_("rating: the name of step 1"), ("labels", "1"), text=True),
    Column("high_label", N_("rating: the name of the highest step"), ("labels", TOP), text=True),
    Column("start_label", N_("duration: the words on the button that starts"), ("labels", "start"), text=True),
    Column("stop_label", N_("duration: the words on the button that stops"), ("labels", "stop"), text=True),
    Column("unit", N_("number: its unit"), ("unit",), text=True),
    Column("min", N_("number: the smallest"), ("min",), cells.decimal),
    Column("max", N_("number: the largest"), ("max",), cells.decimal),
    Column("decimals", N_("number: places after the point"), ("decimals",), cells.whole),
    Column("max_length", N_("text: the most characters"), ("max_length",), cells.whole),
    Column("required", N_("no: may be left open"), ("required",), cells.yes),
    Column("not_applicable", N_("yes: may be answered so"), ("not_applicable",), cells.yes),
    Column("could_not_check", N_("no: may not be answered so"), ("could_not_check",), cells.yes),
    Column("bonus", N_("yes: adds points and takes none away"), ("bonus",), cells.yes),
    Column("comment", N_("none, optional or required"), ("comment",)),
    Column("photos_min", N_("At least so many photos"), ("photos", "min"), cells.whole),
    Column("photos_max", N_("At most so many photos"), ("photos", "max"), cells.whole),
    Column("shown_if", N_("A rule over an earlier question, such as: floors_clean is no"), ("shown_if",), cells.rule),
    Column("required_if", N_("A rule, likewise"), ("required_if",), cells.rule),
    Column("comment_required_if", N_("A rule that may look at the question itself"), ("comment_required_if",), cells.rule),
)
#: What a section's row may hold, with the member it becomes.
SECTION_PATHS = {"key": ("key",), "text": ("title",), "help": ("intro",), "weight": ("weight",), "shown_if": ("shown_if",)}
OPTION_COLUMNS = (
    Column("question", N_("The key of the question that the row belongs to"), ("question",)),
    Column("key", N_("choice and choices: the option's key"), ("key",)),
    Column("text", N_("choice and choices: its words"), ("text",), text=True),
    Column("up_to", N_("number and duration (seconds): up to and with this; the last row has none"), ("up_to",), cells.decimal),
    Column("points", N_("What it earns"), ("points",), cells.decimal),
)
SHEETS = {QUESTIONS: QUESTION_COLUMNS, OPTIONS: OPTION_COLUMNS}
