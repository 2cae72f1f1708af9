"""A site's visits as the cells of a spreadsheet."""

from field.locale import N_, Translator
from field.questionnaire import display
from field.reports.overview_csv import Cell
from field.reports.site_view import SiteView, VisitRow

_HEADER = (N_("Code"), N_("Site"), N_("Day of the visit"), N_("Score"), N_("Must-keep missed"), N_("Version"), N_("Visit"))


def header(t: Translator) -> list[str]:
    return [t(title) for title in _HEADER]


def cells(found: SiteView, visit: VisitRow, t: Translator) -> list[Cell]:
    """One visit's cells: the day only, its score with one decimal."""
    score = display(visit.score)
    return [found.site.code, found.site.name, visit.day.isoformat(), score and float(score),
            t("yes") if visit.critical_failed else t("no"), visit.version, visit.id]


def filename(found: SiteView) -> str:
    """What the file is called on the reader's machine."""
    return f"site-{found.site.code}-{found.selection.period.first}-{found.selection.period.last}.csv"
