"""A questionnaire from a spreadsheet: its document, and where in the sheets each part of the document came from."""

from collections.abc import Iterator, Mapping
from typing import Any

from field.errors import Mistake, Problem
from field.imports.sheet_cells import of_options
from field.imports.sheet_columns import OPTIONS, QUESTIONNAIRE_PATHS, QUESTIONS, SECTION_PATHS, SHEETS, TOP, Column, known_columns
from field.imports.sheet_draft import Draft
from field.imports.workbook import Cells, read_workbook
from field.locale import N_
from field.questionnaire import check

UNKNOWN = N_("There is no such column. Use the template.")
TWICE = N_("This column is there twice.")
MISSING = N_("This column is missing. Use the template.")
NO_SECTION = N_("Begin a section first: a row with “section” under kind.")
NOT_FOR_SECTION = N_("A section has none of this. Leave it empty.")
NOT_FOR_QUESTIONNAIRE = N_("The questionnaire's row holds its title under text and its summary under help. Leave the rest empty.")
NOT_FIRST = N_("The questionnaire's row stands above all others, once.")
FIRST_LANGUAGE = N_("This is the questionnaire's first language. Its words stand in the column without a language.")
NO_QUESTION = N_("There is no question with this key on the other sheet.")
_NEEDED = {QUESTIONS: {"kind", "key", "text"}, OPTIONS: {"question"}}
_BANDED = ("number", "duration")
_RULES = {"shown_if", "required_if", "comment_required_if"}
Row = dict[str, tuple[Column, Any, str]]


def read_spreadsheet(data: bytes, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The document of ``facts`` (all other members) and the sheets, ready to publish; ``language`` is its first.

    ``import.invalid`` names sheet, row and column of every fault, in the words of ``check`` where those apply;
    what is wrong with the facts keeps the path of its member.
    """
    sheets = {name: cells or [[]] for name, cells in read_workbook(data, tuple(SHEETS)).items()}
    draft = Draft(facts, language)
    for name, rows in sheets.items():
        draft.faults += _head_faults(name, rows[0], language)
    _refuse(draft.faults)
    _read_questions(draft, sheets[QUESTIONS])
    _read_options(draft, sheets[OPTIONS])
    _settle_rules(draft)
    draft.faults += draft.untranslated()
    _refuse(draft.faults)
    document = draft.document()
    _refuse([Mistake(draft.place_of(mistake.path), mistake.code, mistake.message) for mistake in check(document)])
    return document


def _head_faults(sheet: str, head: list[Any], language: str) -> Iterator[Mistake]:
    names, known = _names(head), known_columns(sheet)
    for place, name in enumerate(names):
        if name and name not in known:
            yield Mistake(_place(sheet, 1, place, name[:64]), "column.unknown", UNKNOWN)
        elif name and name in names[:place]:
            yield Mistake(_place(sheet, 1, place, known[name].name), "column.twice", TWICE)
        elif name and known[name].language == language:
            yield Mistake(_place(sheet, 1, place, known[name].name), "column.first_language", FIRST_LANGUAGE)
    for name in sorted(_NEEDED[sheet] - set(names)):
        yield Mistake(f"/{sheet}/1/{name}", "column.missing", MISSING)


def _read_questions(draft: Draft, rows: Cells) -> None:
    for number, cells in _filled(rows):
        row = _row(QUESTIONS, number, rows[0], cells)
        if row["kind"][1] == "questionnaire":
            _add_head(draft, row)
        elif row["kind"][1] == "section":
            _add_section(draft, row)
        elif not draft.sections:
            draft.faults.append(Mistake(row["kind"][2], "section.missing", NO_SECTION))
        else:
            _add_question(draft, row)


def _add_head(draft: Draft, row: Row) -> None:
    if draft.head or draft.sections:
        draft.faults.append(Mistake(row["kind"][2], "questionnaire.place", NOT_FIRST))
    draft.head = _part(draft, "", row, QUESTIONNAIRE_PATHS, ("questionnaire.cell", NOT_FOR_QUESTIONNAIRE))


def _add_section(draft: Draft, row: Row) -> None:
    at = f"/sections/{len(draft.sections)}"
    draft.places[at] = row["kind"][2]
    section = _part(draft, at, row, SECTION_PATHS, ("section.cell", NOT_FOR_SECTION))
    draft.sections.append({**section, "questions": []})


def _part(draft: Draft, at: str, row: Row, paths: Mapping[str, tuple[str, ...]], foreign: tuple[str, str]) -> dict[str, Any]:
    """The part of the document that a row is which holds only these columns; ``foreign`` is the fault of others."""
    part: dict[str, Any] = {}
    for column, cell, place in row.values():
        if column.meaning in paths:
            draft.put(part, column, paths[column.meaning], cell, at, place)
        elif column.meaning != "kind" and cell is not None:
            draft.faults.append(Mistake(place, *foreign))
    return part


def _add_question(draft: Draft, row: Row) -> None:
    question: dict[str, Any] = {}
    siblings = draft.sections[-1]["questions"]
    at = f"/sections/{len(draft.sections) - 1}/questions/{len(siblings)}"
    draft.places[at] = row["kind"][2]
    for column, cell, place in row.values():
        path = tuple(str(question.get("scale", 5)) if step == TOP else step for step in column.path)
        draft.put(question, column, path, cell, at, place)
    siblings.append(question)
    draft.questions.setdefault(str(question.get("key")), (at, question))


def _read_options(draft: Draft, rows: Cells) -> None:
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


def _settle_rules(draft: Draft) -> None:
    """Only now is it known of each rule whether it looks at a question with options."""
    for section in draft.sections:
        for part in (section, *section["questions"]):
            for member in _RULES & part.keys():
                _, looked_at = draft.questions.get(part[member]["question"], ("", {}))
                if "options" in looked_at:
                    part[member] = of_options(part[member])


def _filled(rows: Cells) -> Iterator[tuple[int, list[Any]]]:
    """The rows below the head that hold something, by their number in the sheet."""
    return ((number, cells) for number, cells in enumerate(rows[1:], 2) if any(cell is not None for cell in cells))


def _row(sheet: str, number: int, head: list[Any], cells: list[Any]) -> Row:
    """Column, cell and place by the column's name, in the order in which columns are listed."""
    names = _names(head)
    here = [(column, names.index(name)) for name, column in known_columns(sheet).items() if name in names]
    return {column.name: (column, cells[index] if index < len(cells) else None, _place(sheet, number, index, column.name))
            for column, index in here}


def _names(head: list[Any]) -> list[str]:
    return [" ".join(str(cell or "").split()).lower() for cell in head]


def _place(sheet: str, number: int, index: int, name: str) -> str:
    """Sheet, row and column as the spreadsheet names them."""
    letters = chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)
    return f"/{sheet}/{number}/{letters}: {name}"


def _refuse(faults: list[Mistake]) -> None:
    if faults:
        raise Problem("import.invalid", errors=faults)
