"""A questionnaire's document as it grows from cells: the places of its parts, its languages, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from field.errors import Mistake
from field.imports.sheet_cells import Unclear
from field.imports.sheet_columns import Column
from field.locale import LANGUAGES, N_

UNTRANSLATED = N_("Say this in each of the questionnaire's languages, or leave all columns of a language empty.")


@dataclass
class Draft:
    """``facts`` are the members that no sheet holds; ``language`` is the questionnaire's first."""

    facts: Mapping[str, Any]
    language: str
    head: dict[str, Any] = field(default_factory=dict)
    sections: list[dict[str, Any]] = field(default_factory=list)
    questions: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Mistake] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts["/title"] = dict(self.facts.get("title", {}))

    def put(self, holder: dict[str, Any], column: Column, path: tuple[str, ...], cell: Any, at: str, place: str) -> None:
        """Sets a member from a cell and remembers where it came from; an empty cell sets nothing."""
        member = "/".join((at, *path))
        self.places[f"{member}/{column.language}" if column.language else member] = place
        if cell is None:
            return
        try:
            value = column.read(cell)
        except Unclear as unclear:
            self.faults.append(Mistake(place, "cell.unclear", str(unclear)))
            return
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        holder[path[-1]] = self._said(member, column, value) if column.text else value

    def _said(self, member: str, column: Column, words: str) -> dict[str, str]:
        said = self.texts.setdefault(member, {})
        said[column.language or self.language] = words
        return said

    def languages(self) -> list[str]:
        """The first language, and those in which anything is said."""
        spoken = {code for said in self.texts.values() for code in said}
        return [self.language, *(code for code in LANGUAGES if code in spoken and code != self.language)]

    def untranslated(self) -> Iterator[Mistake]:
        """Every text that is missing in a language in which others are said, at its cell where there is a column."""
        languages = self.languages()
        for member, said in self.texts.items():
            for language in languages:
                if said and language not in said:
                    place = self.places.get(f"{member}/{language}") or self.places.get(member, member)
                    yield Mistake(place, "text.untranslated", UNTRANSLATED)

    def document(self) -> dict[str, Any]:
        """The whole document. A title among the facts comes before the sheet's."""
        title = {**self.texts["/title"], **self.facts.get("title", {})}
        said = {**self.head, **({"title": title} if title else {})}
        return {"schema": 1, **self.facts, "languages": self.languages(), **said, "sections": self.sections}

    def place_of(self, path: str) -> str:
        """The cell that the nearest known part of a path came from; facts keep their path."""
        part = path
        while part and part not in self.places:
            part = part.rpartition("/")[0]
        return self.places.get(part, path)
