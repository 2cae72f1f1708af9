"""People: added, changed, switched off; their passwords and devices."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for

from field.access import Grant, Role
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Person, Region, SecondFactor, Site
from field.models.person import DeviceSession, select_devices, select_people
from field.models.region import select_regions
from field.models.site import select_sites
from field.operations.devices import revoke_session
from field.operations.links import issue_link
from field.operations.people import add_person, change_person, set_password
from field.operations.second_factor import remove_factor
from field.web.attempts import Attempt, attempt, say
from field.web.auth import living_devices
from field.web.policy import allow, fresh, or_404
from field.web.words import t
from forms.choices import ROLES
from forms.people import KnownPersonForm, NewPersonForm, PasswordForm, PersonForm
from forms.sign_in import ConfirmForm

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
@allow(Role.ADMINISTRATOR)
def index() -> str:
    people = g.session.scalars(select_people()).all()
    return render_template("people/index.html", people=people, roles=ROLES, **_places())


@blueprint.get("/new")
@allow(Role.ADMINISTRATOR)
def new() -> str:
    return _new_page(NewPersonForm())


@blueprint.post("")
@allow(Role.ADMINISTRATOR)
@fresh
def add() -> Response | tuple[str, int]:
    """Adds a person; one without a first password is invited, and their link is shown this once."""
    form = NewPersonForm()
    tried = attempt(form, lambda: add_person(
        g.session, g.actor, form.email.data, name=form.name.data, password=form.password.data or None,
        language=form.language.data, grants=_grants(form)))
    if tried.thing is None:
        return _new_page(form, tried.problem), tried.status
    if not tried.thing.password_hash:
        return _link_page(tried.thing), 201
    say(t("%(name)s is added.", name=tried.thing.name))
    return redirect(url_for("people.index"), 303)


@blueprint.get("/<id:person>")
@allow(Role.ADMINISTRATOR)
def edit(person: str) -> str:
    known = or_404(g.session.get(Person, person))
    form = KnownPersonForm(name=known.name, language=known.language, active=known.disabled_at is None, roles=_rows(known))
    return _edit_page(known, form, PasswordForm())


@blueprint.post("/<id:person>")
@allow(Role.ADMINISTRATOR)
@fresh
def change(person: str) -> Response | tuple[str, int]:
    known = or_404(g.session.get(Person, person))
    form = KnownPersonForm()
    tried = attempt(form, lambda: change_person(
        g.session, g.actor, known, name=form.name.data, language=form.language.data, grants=_grants(form), active=form.active.data))
    return _after_change(known, tried, form, PasswordForm(formdata=None))


@blueprint.post("/<id:person>/link")
@allow(Role.ADMINISTRATOR)
@fresh
def link(person: str) -> tuple[str, int]:
    """A new link, shown this once: an invitation until there is a password, then a way to choose a new one."""
    return _link_page(or_404(g.session.get(Person, person))), 201


@blueprint.post("/<id:person>/second-factor/removal")
@allow(Role.ADMINISTRATOR)
@fresh
def remove_second_factor(person: str) -> Response:
    """For one who lost both the phone and the recovery codes."""
    known = or_404(g.session.get(Person, person))
    remove_factor(g.session, g.actor, known)
    say(t("The second factor of %(name)s is removed.", name=known.name))
    return redirect(url_for("people.edit", person=known.id), 303)


@blueprint.post("/<id:person>/password")
@allow(Role.ADMINISTRATOR)
@fresh
def password(person: str) -> Response | tuple[str, int]:
    known = or_404(g.session.get(Person, person))
    form = PasswordForm()
    tried = attempt(form, lambda: set_password(g.session, g.actor, known, form.password.data))
    stored = KnownPersonForm(formdata=None, name=known.name, language=known.language, active=known.disabled_at is None, roles=_rows(known))
    return _after_change(known, tried, stored, form)


@blueprint.post("/<id:person>/devices/<id:device>/revocation")
@allow(Role.ADMINISTRATOR)
def revoke(person: str, device: str) -> Response:
    theirs = select_devices(person).where(DeviceSession.id == device)
    revoke_session(g.session, g.actor, or_404(g.session.scalar(theirs)))
    return redirect(url_for("people.edit", person=person), 303)


def _link_page(person: Person) -> str:
    address = current_app.config["FIELDSCORE"].base_url.rstrip("/") + url_for("links.show", token=issue_link(g.session, g.actor, person))
    return render_template("people/link.html", person=person, link=address, invited=not person.password_hash)


def _after_change(known: Person, tried: Attempt, form: KnownPersonForm, password_form: PasswordForm) -> Response | tuple[str, int]:
    if tried.thing is None:
        return _edit_page(known, form, password_form, tried.problem), tried.status
    say(t("%(name)s is saved.", name=known.name))
    return redirect(url_for("people.edit", person=known.id), 303)


def _new_page(form: NewPersonForm, problem: Problem | None = None) -> str:
    return render_template("people/new.html", form=form, problem=problem, **_places(form))


def _edit_page(person: Person, form: KnownPersonForm, password_form: PasswordForm, problem: Problem | None = None) -> str:
    devices = living_devices(person.id, person.grants)
    return render_template("people/edit.html", person=person, form=form, password_form=password_form, problem=problem,
                           devices=devices, factor=g.session.get(SecondFactor, person.id), confirm=ConfirmForm(formdata=None), **_places(form))


def _places(form: PersonForm | None = None) -> dict[str, object]:
    """Regions and sites for the roles' rows, and by id for reading them out."""
    regions, sites = g.session.scalars(select_regions()).all(), g.session.scalars(select_sites()).all()
    for row in form.roles if form else ():
        row.role.choices = {value: t(word) for value, word in row.role.choices.items()}
        row.region.choices = {"": t("Everywhere"), **{region.code: region.name for region in regions}}
    return {"regions": {region.id: region for region in regions}, "sites": {site.id: site for site in sites}}


def _rows(person: Person) -> list[dict[str, str]]:
    """The person's roles as the form's rows, with an empty one to add another."""
    region = lambda key: g.session.get(Region, key).code if key else ""  # noqa: E731
    site = lambda key: g.session.get(Site, key).code if key else ""  # noqa: E731
    return [{"role": grant.role, "region": region(grant.region_id), "site": site(grant.site_id)} for grant in person.grants] + [{}]


def _grants(form: PersonForm) -> list[Grant]:
    """The rows as grants; an unknown place is a mistake at its own row."""
    regions = {region.code: region.id for region in g.session.scalars(select_regions())}
    sites = {site.code: site.id for site in g.session.scalars(select_sites())}
    mistakes, grants = [], []
    for number, row in enumerate(form.roles):
        region, site = row.region.data or "", (row.site.data or "").strip()
        if region and region not in regions:
            mistakes.append(Mistake(f"/roles/{number}/region", "region.unknown", N_("There is no such region.")))
        elif site and site not in sites:
            mistakes.append(Mistake(f"/roles/{number}/site", "site.unknown", N_("There is no site with this code.")))
        elif row.role.data:
            grants.append(Grant(Role(row.role.data), None if site else regions.get(region), sites.get(site)))
    if mistakes:
        raise Problem("person.invalid", errors=mistakes)
    return grants
