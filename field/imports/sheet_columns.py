"""The two sheets of a questionnaire's spreadsheet and their columns: the one list for reading, template and page.

A column of words holds the questionnaire's first language; ``text hu`` stands beside ``text`` and holds the same in Hungarian.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from field.imports import sheet_cells as cells
from field.locale import LANGUAGES, N_

QUESTIONS, OPTIONS = "Questions", "Options"
#: Stands in a path for the highest step of the question's own rating.
TOP = "top"


@dataclass(frozen=True)
class Column:
    """``path`` leads to the member of the document; ``text`` ones hold words, in ``language`` or the questionnaire's first."""

    name: str
    about: str
    path: tuple[str, ...]
    read: Callable[[Any], Any] = cells.word
    text: bool = False
    language: str = ""

    @property
    def meaning(self) -> str:
        """The column's name without a language."""
        return self.name.partition(" ")[0]

    def spoken(self, language: str) -> "Column":
        """The column of the same words in a further language."""
        return replace(self, name=f"{self.name} {language}", language=language)


QUESTION_COLUMNS = (
    Column("kind", N_("section begins a section; yes_no, rating, choice, choices, number, duration, text, photo or note asks a question; "
                      "questionnaire in the first row holds its title and summary"), ("kind",)),
    Column("key", N_("Small letters, digits and underscores; keeps its meaning over versions"), ("key",)),
    Column("text", N_("The question, or the title of the section or questionnaire"), ("text",), text=True),
    Column("standard", N_("The rule that staff were told"), ("standard",), text=True),
    Column("help", N_("How to check it, what opens the section, or the questionnaire's summary"), ("help",), text=True),
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
#: What the rows of the questionnaire and of a section may hold, with the member it becomes.
QUESTIONNAIRE_PATHS = {"text": ("title",), "help": ("summary",)}
SECTION_PATHS = {"key": ("key",), "text": ("title",), "help": ("intro",), "weight": ("weight",), "shown_if": ("shown_if",)}
OPTION_COLUMNS = (
    Column("question", N_("The key of the question that the row belongs to"), ("question",)),
    Column("key", N_("choice and choices: the option's key"), ("key",)),
    Column("text", N_("choice and choices: its words"), ("text",), text=True),
    Column("up_to", N_("number and duration (seconds): up to and with this; the last row has none"), ("up_to",), cells.decimal),
    Column("points", N_("What it earns"), ("points",), cells.decimal),
)
SHEETS = {QUESTIONS: QUESTION_COLUMNS, OPTIONS: OPTION_COLUMNS}


def columns_in(sheet: str, languages: Sequence[str]) -> list[Column]:
    """The sheet's columns with those of further languages, each beside the words it repeats."""
    return [said for column in SHEETS[sheet]
            for said in (column, *(column.spoken(language) for language in languages if column.text))]


def known_columns(sheet: str) -> dict[str, Column]:
    """Every column that the sheet may have, by its name in small letters."""
    return {column.name.lower(): column for column in columns_in(sheet, tuple(LANGUAGES))}
