"""Languages in pages: gettext in templates, dates and numbers by locale."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask import Flask, g

from field.locale import Translator, pick, translator
from field.reports.report_trace import number


def current() -> Translator:
    """The translator of the signed-in person; English before somebody signs in."""
    actor = g.get("actor")
    return translator(actor.language if actor else "en")


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(
        lambda text: current().catalogue.gettext(text), lambda one, many, n: current().catalogue.ngettext(one, many, n), newstyle=True)
    env.filters.update(day=day, moment=moment, clock_time=clock_time, number=number,
                       pick=lambda text, languages=(): pick(text, current().language, languages))
    env.trim_blocks = env.lstrip_blocks = True
    app.context_processor(lambda: {"actor": g.get("actor"), "language": current().language, "translator": translator})


def day(value: date | datetime | None, zone: str = "UTC", pattern: str = "medium") -> str:
    """A day in the person's language; of a time, the day in the site's zone."""
    if value is None:
        return ""
    return format_date(_local(value, zone), pattern, locale=_locale())


def moment(value: datetime | None, zone: str = "UTC", pattern: str = "medium") -> str:
    """A day and a time, to the minute, in the site's zone."""
    return "" if value is None else f"{day(value, zone, pattern)}, {clock_time(value, zone)}"


def clock_time(value: datetime | None, zone: str = "UTC") -> str:
    """The hour and minute in the site's zone."""
    return "" if value is None else format_time(_local(value, zone), "short", locale=_locale())


def _local(value: date | datetime, zone: str) -> date | datetime:
    return value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value


def _locale() -> str:
    """Days come before months and hours count to 24, as on paper."""
    return {"en": "en_GB"}.get(current().language, current().language.replace("-", "_"))
