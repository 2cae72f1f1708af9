"""Questionnaires: their versions, each as a person reads it, and publishing a new one."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.access import MANAGING, Role
from field.locale import LANGUAGES
from field.models import QuestionnaireVersion
from field.models.questionnaire import select_version, select_versions
from field.operations.questionnaires import publish_questionnaire
from field.questionnaire.rule_words import RuleWords
from field.questionnaire.tag_words import tag_words
from field.reports.definitions import definition_of
from field.reports.scorecard import DIMENSION_WORDS
from field.web.attempts import attempt, say
from field.web.policy import allow, or_404
from field.web.words import current, t
from forms.questionnaires import PublishForm

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")


@blueprint.get("")
@allow(*MANAGING)
def index() -> str:
    return render_template("questionnaires/index.html", versions=g.session.scalars(select_versions()).all())


@blueprint.get("/new")
@allow(Role.ADMINISTRATOR)
def new() -> str:
    return render_template("questionnaires/new.html", form=PublishForm())


@blueprint.post("")
@allow(Role.ADMINISTRATOR)
def publish() -> Response | tuple[str, int]:
    form = PublishForm()
    tried = attempt(form, lambda: publish_questionnaire(
        g.session, g.actor, form.document.data.read(), unplanned=form.unplanned.data))
    if tried.thing is None:
        return render_template("questionnaires/new.html", form=form, problem=tried.problem), tried.status
    say(t("%(title)s, version %(n)s, is published.", title=tried.thing.title_in(g.actor.language), n=tried.thing.version))
    return redirect(url_for("questionnaires.show", slug=tried.thing.slug, version=tried.thing.version), 303)


@blueprint.get("/<slug>/<ordinal:version>")
@allow(*MANAGING)
def show(slug: str, version: int) -> str:
    held = _version(slug, version)
    definition = definition_of(held)
    return render_template(
        "questionnaires/show.html", held=held, definition=definition, dimensions=DIMENSION_WORDS, rules=RuleWords(definition, current()),
        tags=lambda question: tag_words(definition, question, current()), spoken=[LANGUAGES.get(code, code) for code in definition.languages])


@blueprint.get("/<slug>/<ordinal:version>/document")
@allow(*MANAGING)
def document(slug: str, version: int) -> Response:
    """The published bytes themselves."""
    held = _version(slug, version)
    response = Response(held.body, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{held.slug}-{held.version}.json"'
    return response


def _version(slug: str, version: int) -> QuestionnaireVersion:
    return or_404(g.session.scalar(select_version(slug, version)))
