"""Questionnaires: their versions, each as a person reads it, with its reference photos; and publishing a new one."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for

from field.access import MANAGING, Role
from field.locale import LANGUAGES
from field.models import QuestionnaireVersion
from field.models.questionnaire import select_version, select_versions
from field.models.reference_photo import select_reference_image
from field.operations.questionnaires import publish_questionnaire
from field.operations.reference_photos import ReferenceFile, copies_of, keep_reference_photos, reference_photos, without_their_photo
from field.questionnaire.rule_words import RuleWords
from field.questionnaire.tag_words import tag_words
from field.reports.definitions import definition_of
from field.reports.numbers import together
from field.reports.scorecard import DIMENSION_WORDS
from field.web.attempts import attempt, say
from field.web.photo_files import jpeg
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
    tried = attempt(form, lambda: _publish(form))
    if tried.thing is None:
        return render_template("questionnaires/new.html", form=form, problem=tried.problem), tried.status
    version, added = tried.thing
    say(_published(version, added))
    return redirect(url_for("questionnaires.show", slug=version.slug, version=version.version), 303)


@blueprint.get("/<slug>/<ordinal:version>")
@allow(*MANAGING)
def show(slug: str, version: int) -> str:
    held = _version(slug, version)
    definition = definition_of(held)
    return render_template(
        "questionnaires/show.html", held=held, definition=definition, photos=reference_photos(g.session, held),
        bare=without_their_photo(g.session, held), dimensions=DIMENSION_WORDS, rules=RuleWords(definition, current()),
        tags=lambda question: tag_words(definition, question, current()), spoken=[LANGUAGES.get(code, code) for code in definition.languages])


@blueprint.get("/<slug>/<ordinal:version>/photos/<sha256:sha256>")
@allow(*MANAGING)
def photo(slug: str, version: int, sha256: str) -> Response:
    """The copy of a reference photo that is shown to inspectors."""
    image = or_404(g.session.scalar(select_reference_image(slug, version, sha256)))
    return jpeg(image, name=f"{slug}-{version}-{sha256[:8]}", tag=sha256)


@blueprint.get("/<slug>/<ordinal:version>/document")
@allow(*MANAGING)
def document(slug: str, version: int) -> Response:
    """The published bytes themselves."""
    held = _version(slug, version)
    response = Response(held.body, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{held.slug}-{held.version}.json"'
    return response


def _publish(form: PublishForm) -> tuple[QuestionnaireVersion, int]:
    """The version, and how many of the photos that came along are new; or nothing of either."""
    copies = _copies(form)
    version = publish_questionnaire(g.session, g.actor, form.document.data.read(), unplanned=form.unplanned.data)
    return version, keep_reference_photos(g.session, g.actor, version, copies)


def _published(version: QuestionnaireVersion, added: int) -> str:
    """What is there now: photos that came with it, and those that questions name and nobody has brought."""
    named = {question.reference_photo for question in definition_of(version).questions.values()} - {None}
    missing = len(named - reference_photos(g.session, version).keys())
    return together([
        t("%(title)s, version %(n)s, is published.", title=version.title_in(g.actor.language), n=version.version),
        current().n("%(n)s photo was added.", "%(n)s photos were added.", added) if added else "",
        current().n("%(n)s reference photo is missing.", "%(n)s reference photos are missing.", missing) if missing else ""], current())


def _copies(form: PublishForm) -> list[ReferenceFile]:
    """What is kept of the files. The write lock is given back meanwhile: decoding takes a while."""
    g.session.reading().rest()
    copies = copies_of(current_app.extensions["decoder"], ((file.filename, file.read()) for file in form.photos.data or ()))
    g.session.writing()
    return copies


def _version(slug: str, version: int) -> QuestionnaireVersion:
    return or_404(g.session.scalar(select_version(slug, version)))
