"""What an import of county records took, mended and left out, in lines whose counts add up."""

from collections.abc import Iterator

from field.imports.lives import Lives, Tally
from field.locale import N_, Translator

_REASONS = {
    "no_score": N_("%(n)s without a score"),
    "odd_score": N_("%(n)s whose score is not from 0 to 100 in halves"),
    "no_day": N_("%(n)s without a day that a calendar has"),
    "no_business": N_("%(n)s of a business that is not listed"),
    "repeat": N_("%(n)s repeated"),
}


def told(t: Translator, lives: Lives, *, sites: int, visits: int) -> Iterator[str]:
    """The lines, one by one; ``sites`` and ``visits`` are those that are new this time."""
    tally, taken, kept = lives.tally, len(lives.inspections), len(lives.businesses)
    yield t("Businesses: %(rows)s rows = %(sites)s sites + %(repeats)s repeated.", rows=tally.business_rows, sites=kept, repeats=tally.repeats)
    parts = " + ".join([t("%(n)s visits", n=taken), *_left_out(t, tally)])
    yield t("Inspections: %(rows)s rows = %(parts)s.", rows=tally.inspection_rows, parts=parts)
    yield t("Mended: %(spellings)s spellings of %(cities)s cities (%(sites)s sites), needless blanks in %(cells)s cells.",
            spellings=tally.spellings, cities=len(lives.cities), sites=tally.respelt, cells=tally.trimmed)
    if tally.not_utf8:
        yield t("%(n)s lines were not UTF-8 and were read as %(encoding)s.", n=tally.not_utf8, encoding=" + ".join(set(tally.encodings) - {"utf-8"}))
    yield t("Sites without a visit: %(n)s. Without coordinates: all.", n=kept - len({one.business.id for one in lives.inspections}))
    yield t("New this time: %(sites)s sites, %(visits)s visits. Here already: %(old_sites)s sites, %(old_visits)s visits.",
            sites=sites, visits=visits, old_sites=kept - sites, old_visits=taken - visits)


def _left_out(t: Translator, tally: Tally) -> list[str]:
    return [t(words, n=tally.left_out[reason]) for reason, words in _REASONS.items() if tally.left_out.get(reason)]
