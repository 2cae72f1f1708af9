"""Languages in pages: gettext in templates, dates and numbers by locale."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask import Flask, g, request
from markupsafe import Markup, escape

from field.locale import Translator, best_language, cldr, pick, translator
from field.reports.numbers import comma, stopped
from forms.base import speak


def language() -> str:
    """The signed-in person's language; before somebody signs in, the one that the browser asks for."""
    pending = g.get("pending")
    person = g.get("actor") or (pending.actor if pending else None)
    return person.language if person else best_language(list(request.accept_languages.values()))


def current() -> Translator:
    """The translator of this request's language."""
    return translator(language())


def t(text: str, **values: object) -> str:
    """A text in this request's language."""
    return current()(text, **values)


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(
        lambda text: current().catalogue.gettext(text), lambda one, many, n: current().catalogue.ngettext(one, many, n), newstyle=True)
    env.filters.update(day=day, moment=moment, clock_time=clock_time, number=number, listed=_listed,
                       stopped=lambda text: stopped(text, current()),
                       pick=lambda text, languages=(): pick(text, language(), languages))
    env.trim_blocks = env.lstrip_blocks = True
    app.context_processor(lambda: {"actor": g.get("actor"), "language": language(), "translator": translator})
    speak(lambda: current().catalogue)


def day(value: date | datetime | None, zone: str = "UTC", pattern: str = "medium") -> str:
    """A day in the person's language; of a time, the day in the site's zone."""
    if value is None:
        return ""
    return format_date(_local(value, zone), pattern, locale=_locale())


def moment(value: datetime | None, zone: str = "UTC", pattern: str = "medium") -> str:
    """A day and a time, to the minute, in the site's zone."""
    return "" if value is None else t("%(day)s, %(time)s", day=day(value, zone, pattern), time=clock_time(value, zone))


def clock_time(value: datetime | None, zone: str = "UTC") -> str:
    """The hour and minute in the site's zone."""
    return "" if value is None else format_skeleton("Hm", _local(value, zone), locale=_locale())


def _local(value: date | datetime, zone: str) -> date | datetime:
    return value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value


def number(value: Fraction | int | None) -> str:
    """A number as the language writes it, at most three decimals."""
    return "" if value is None else format_decimal(float(value), "#,##0.###", locale=_locale())


def _listed(parts: Iterable[str]) -> Markup:
    return escape(comma(current())).join(part for part in parts if part)


def _locale() -> Locale:
    return cldr(language())
