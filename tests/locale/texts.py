"""Every text of the product, taken from its sources: what the catalogues must translate.

``make texts`` brings the catalogues up to date: new texts come in without a translation, which a test refuses; texts that
are gone go; what is translated stays. Nothing is guessed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from field.locale import DEFAULT, LANGUAGES, catalogue_file

ROOT = Path(__file__).parents[2]
_KEYWORDS = {"_": None, "N_": None, "t": None, "gettext": None, "n": (1, 2), "n_": (1, 2), "ngettext": (1, 2)}
_CALL = re.compile(r"""(?<![\w$.])(n?_)\(\s*("(?:[^"\\]|\\.)*")(?:\s*,\s*("(?:[^"\\]|\\.)*"))?""")


def read_modules(source: IO[bytes], keywords: Iterable[str], tags: Iterable[str], options: Mapping[str, str]) -> Iterator[tuple]:
    """Texts of a JavaScript module, as Babel's extractors give them; its own one misses templates within templates."""
    text = source.read().decode()
    for call in _CALL.finditer(text):
        said = tuple(json.loads(written) for written in call.groups()[1:] if written)
        line = text.count("\n", 0, call.start()) + 1
        yield line, call[1], said if call[1] == "n_" else said[0], []


#: Domain -> the folders that speak through it, each with the way to read it.
DOMAINS = {
    "messages": {"field": [("**.py", "python")], "forms": [("**.py", "python")], "templates": [("**.html", "jinja2"), ("**.webmanifest", "jinja2")]},
    "app": {"static/js": [("**.js", read_modules)]},
}
_BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
_OPTIONS = {"**.html": {"silent": "false"}, "**.webmanifest": {"silent": "false"}}


def texts(domain: str) -> Catalog:
    """All texts of a domain with the files that say them."""
    found = Catalog(project="Fieldscore", charset="utf-8")
    for folder, ways in DOMAINS[domain].items():
        for name, _, said, _, _ in extract_from_dir(ROOT / folder, ways, _OPTIONS, _KEYWORDS):
            found.add(said, locations=[(f"{folder}/{name}", 0)])
    return found


def translated(domain: str, language: str) -> Catalog:
    """A catalogue as it is kept; empty where there is none yet."""
    file = catalogue_file(domain, language)
    if not file.exists():
        return Catalog(locale=language.replace("-", "_"), project="Fieldscore", charset="utf-8")
    with file.open("rb") as kept:
        return read_po(kept, locale=language.replace("-", "_"))


def renew(domain: str, language: str) -> None:
    """Writes the catalogue anew with all texts of the sources, and no others."""
    catalogue = translated(domain, language)
    catalogue.update(texts(domain), no_fuzzy_matching=True)
    catalogue.fuzzy, catalogue.header_comment = False, f"# Fieldscore, {LANGUAGES[language]}: {domain}"
    catalogue.creation_date = catalogue.revision_date = _BEGUN
    file = catalogue_file(domain, language)
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    with fresh.open("wb") as kept:
        write_po(kept, catalogue, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False, omit_header=False)
    fresh.replace(file)


if __name__ == "__main__":
    for known in LANGUAGES:
        if known != DEFAULT:
            for name in DOMAINS:
                renew(name, known)
