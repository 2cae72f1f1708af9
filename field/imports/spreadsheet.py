"""A questionnaire from a spreadsheet: its document, and where in the sheets each part of the document came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from field.errors import Mistake, Problem
from field.imports.sheet_cells import Unclear
from field.imports.sheet_columns import OPTIONS, QUESTIONS, SECTION_PATHS, SHEETS, TOP, Column
from field.imports.workbook import Cells, read_workbook
from field.locale import N_
from field.questionnaire import check

UNKNOWN = N_("There is no such column. Use the template.")
TWICE = N_("This column is there twice.")
MISSING = N_("This column is missing. Use the template.")
NO_SECTION = N_("Begin a section first: a row with “section” under kind.")
NOT_FOR_SECTION = N_("A section has none of this. Leave it empty.")
NO_QUESTION = N_("There is no question with this key on the other sheet.")
_NEEDED = {QUESTIONS: {"kind", "key", "text"}, OPTIONS: {"question"}}
_BANDED = ("number", "duration")


@dataclass
class _Draft:
    """The document as it grows, the places of its parts, and what is wrong."""

    language: str
    sections: list[dict[str, Any]] = field(default_factory=list)
    questions: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[Mistake] = field(default_factory=list)

    def put(self, holder: dict[str, Any], column: Column, path: tuple[str, ...], cell: Any, at: str, place: str) -> None:
        """Sets a member from a cell and remembers where it came from; an empty cell sets nothing."""
        self.places["/".join((at, *path))] = place
        if cell is None:
            return
        try:
            value = column.read(cell)
        except Unclear as unclear:
            self.faults.append(Mistake(place, "cell.unclear", str(unclear)))
            return
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        holder[path[-1]] = {self.language: value} if column.text else value


def read_spreadsheet(data: bytes, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The document of ``facts`` (all other members) and the sheets, ready to publish.

    ``import.invalid`` names sheet, row and column of every fault, in the words of ``check`` where those apply;
    what is wrong with the facts keeps the path of its member.
    """
    sheets = {name: cells or [[]] for name, cells in read_workbook(data, tuple(SHEETS)).items()}
    draft = _Draft(language)
    for name, rows in sheets.items():
        draft.faults += _head_faults(name, rows[0])
    _refuse(draft.faults)
    _read_questions(draft, sheets[QUESTIONS])
    _read_options(draft, sheets[OPTIONS])
    _refuse(draft.faults)
    document = {"schema": 1, **facts, "sections": draft.sections}
    _refuse([Mistake(_place_of(draft.places, mistake.path), mistake.code, mistake.message) for mistake in check(document)])
    return document


def _head_faults(sheet: str, head: list[Any]) -> Iterator[Mistake]:
    names, known = _names(head), {column.name for column in SHEETS[sheet]}
    for place, name in enumerate(names):
        if name and name not in known:
            yield Mistake(_place(sheet, 1, place, name[:64]), "column.unknown", UNKNOWN)
        elif name and name in names[:place]:
            yield Mistake(_place(sheet, 1, place, name), "column.twice", TWICE)
    for name in sorted(_NEEDED[sheet] - set(names)):
        yield Mistake(f"/{sheet}/1/{name}", "column.missing", MISSING)


def _read_questions(draft: _Draft, rows: Cells) -> None:
    for number, cells in _filled(rows):
        row = _row(QUESTIONS, number, rows[0], cells)
        if row["kind"][1] == "section":
            _add_section(draft, row)
        elif not draft.sections:
            draft.faults.append(Mistake(row["kind"][2], "section.missing", NO_SECTION))
        else:
            _add_question(draft, row)


def _add_section(draft: _Draft, row: dict[str, tuple[Column, Any, str]]) -> None:
    section: dict[str, Any] = {}
    at = f"/sections/{len(draft.sections)}"
    draft.places[at] = row["kind"][2]
    for name, (column, cell, place) in row.items():
        if name in SECTION_PATHS:
            draft.put(section, column, SECTION_PATHS[name], cell, at, place)
        elif name != "kind" and cell is not None:
            draft.faults.append(Mistake(place, "section.cell", NOT_FOR_SECTION))
    draft.sections.append({**section, "questions": []})


def _add_question(draft: _Draft, row: dict[str, tuple[Column, Any, str]]) -> None:
    question: dict[str, Any] = {}
    siblings = draft.sections[-1]["questions"]
    at = f"/sections/{len(draft.sections) - 1}/questions/{len(siblings)}"
    draft.places[at] = row["kind"][2]
    for column, cell, place in row.values():
        path = tuple(str(question.get("scale", 5)) if step == TOP else step for step in column.path)
        draft.put(question, column, path, cell, at, place)
    siblings.append(question)
    draft.questions.setdefault(str(question.get("key")), (at, question))


def _read_options(draft: _Draft, rows: Cells) -> None:
    """Options of choices and bands of measures, each to its question, in their order."""
    for number, cells in _filled(rows):
        row = _row(OPTIONS, number, rows[0], cells)
        column, key, place = row.pop("question")
        if str(key) not in draft.questions:
            draft.faults.append(Mistake(place, "question.unknown", NO_QUESTION))
            continue
        at, question = draft.questions[str(key)]
        member = "bands" if question.get("kind") in _BANDED else "options"
        held, part = question.setdefault(member, []), {}
        here = f"{at}/{member}/{len(held)}"
        draft.places[here] = place
        for column, cell, cell_place in row.values():
            draft.put(part, column, column.path, cell, here, cell_place)
        held.append(part)


def _filled(rows: Cells) -> Iterator[tuple[int, list[Any]]]:
    """The rows below the head that hold something, by their number in the sheet."""
    return ((number, cells) for number, cells in enumerate(rows[1:], 2) if any(cell is not None for cell in cells))


def _row(sheet: str, number: int, head: list[Any], cells: list[Any]) -> dict[str, tuple[Column, Any, str]]:
    """Column, cell and place by the column's name, in the order in which columns are listed."""
    names = _names(head)
    at = {name: names.index(name) for name in names if name}
    here = {column: at[column.name] for column in SHEETS[sheet] if column.name in at}
    return {column.name: (column, cells[index] if index < len(cells) else None, _place(sheet, number, index, column.name))
            for column, index in here.items()}


def _names(head: list[Any]) -> list[str]:
    return [str(cell or "").strip().lower() for cell in head]


def _place(sheet: str, number: int, index: int, name: str) -> str:
    """Sheet, row and column as the spreadsheet names them."""
    letters = chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)
    return f"/{sheet}/{number}/{letters}: {name}"


def _place_of(places: Mapping[str, str], path: str) -> str:
    """The cell that the nearest known part of a path came from; facts keep their path."""
    part = path
    while part and part not in places:
        part = part.rpartition("/")[0]
    return places.get(part, path)


def _refuse(faults: list[Mistake]) -> None:
    if faults:
        raise Problem("import.invalid", errors=faults)
