"""A questionnaire's document read into frozen values."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from field.questionnaire.decimals import fraction
from field.questionnaire.definition import (
    Band,
    Definition,
    Option,
    Photos,
    Question,
    ResultBand,
    Scoring,
    Section,
    Stage,
)
from field.questionnaire.kinds import KINDS
from field.questionnaire.plan import compile_plan
from field.questionnaire.texts import LONGEST

Document = Mapping[str, Any]


def load(document: Document) -> Definition:
    """The definition in a document that `check` finds nothing wrong with; load once and keep it."""
    definition = parse(document)
    return replace(definition, plan=compile_plan(definition))


def parse(document: Document) -> Definition:
    """The definition in a document of the right shape, not yet able to score."""
    languages = tuple(document["languages"])
    return Definition(
        slug=document["slug"],
        version=document["version"],
        languages=languages,
        title=document["title"],
        summary=document.get("summary"),
        purpose=document["purpose"],
        minutes=document.get("minutes"),
        stages=tuple(Stage(stage["key"], stage["title"]) for stage in document.get("stages", ())),
        scoring=_scoring(document["scoring"]),
        sections=tuple(_section(section, languages) for section in document["sections"]),
    )


def _scoring(scoring: Document) -> Scoring:
    critical = scoring.get("critical", {})
    return Scoring(
        mode=scoring["mode"],
        pass_mark=_decimal(scoring, "pass_mark"),
        critical=critical.get("rule", "fail"),
        cap=_decimal(critical, "cap"),
        allow_over_100=scoring.get("allow_over_100", False),
        bands=tuple(ResultBand(fraction(band["from"]), band["text"]) for band in scoring.get("bands", ())),
        show_to_inspector=scoring.get("show_to_inspector", False),
    )


def _section(section: Document, languages: tuple[str, ...]) -> Section:
    return Section(
        key=section["key"],
        title=section["title"],
        intro=section.get("intro"),
        weight=_decimal(section, "weight", Fraction(1)),
        shown_if=section.get("shown_if"),
        questions=tuple(
            _question(question, section["key"], position, languages)
            for position, question in enumerate(section["questions"])
        ),
    )


def _question(question: Document, section: str, position: int, languages: tuple[str, ...]) -> Question:
    given: Callable[..., Any] = question.get
    behaviour = KINDS[question["kind"]]
    points = _decimal(question, "points", Fraction(0))
    return Question(
        key=question["key"],
        kind=question["kind"],
        behaviour=behaviour,
        section=section,
        position=position,
        languages=languages,
        points=points,
        weight=_decimal(question, "weight", Fraction(1)),
        fail_below=_decimal(question, "fail_below", points),
        not_applicable=behaviour.takes_answer and given("not_applicable", False),
        could_not_check=behaviour.takes_answer and given("could_not_check", True),
        photos=_photos(question["photos"]) if "photos" in question else None,
        **_asking(question),
        **_answering(question),
    )


def _asking(question: Document) -> dict[str, Any]:
    given: Callable[..., Any] = question.get
    return {
        "text": question["text"],
        "standard": given("standard"),
        "help": given("help"),
        "explanation": given("explanation"),
        "reference_photo": given("reference_photo"),
        "dimension": given("dimension"),
        "required": given("required"),
        "required_if": given("required_if"),
        "shown_if": given("shown_if"),
        "critical": given("critical", False),
        "bonus": given("bonus", False),
        "comment": given("comment", "optional"),
        "comment_required_if": given("comment_required_if"),
        "tags": given("tags", {}),
    }


def _answering(question: Document) -> dict[str, Any]:
    given: Callable[..., Any] = question.get
    return {
        "good": given("good", True),
        "scale": given("scale", 5),
        "labels": given("labels", {}),
        "options": tuple(
            Option(option["key"], option["text"], _decimal(option, "points", Fraction(0)))
            for option in given("options", ())
        ),
        "unit": given("unit"),
        "min": _decimal(question, "min"),
        "max": _decimal(question, "max"),
        "decimals": given("decimals", 0),
        "bands": tuple(
            Band(_decimal(band, "up_to"), _decimal(band, "points", Fraction(0))) for band in given("bands", ())
        ),
        "max_length": given("max_length", LONGEST),
    }


def _photos(photos: Document) -> Photos:
    min_if = photos.get("min_if", {})
    return Photos(
        min=photos.get("min", 0),
        max=photos.get("max", 3),
        rule=min_if.get("rule"),
        rule_min=min_if.get("min", 0),
        live=photos.get("live", False),
        keep_original=photos.get("keep_original", False),
    )


def _decimal(holder: Document, member: str, default: Fraction | None = None) -> Fraction | None:
    return fraction(holder[member]) if member in holder else default
