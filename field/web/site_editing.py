"""Sites: added and changed by administrators. What visits found there stands in ``sites.py``."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.access import Role
from field.errors import Problem
from field.models import Region, Site
from field.models.region import select_regions
from field.models.site import select_sites
from field.operations.sites import SiteDetails, add_site, change_site
from field.web.attempts import attempt, say
from field.web.policy import allow, or_404
from field.web.words import t
from forms.choices import time_zones
from forms.sites import NewSiteForm, SiteForm

blueprint = Blueprint("site_editing", __name__, url_prefix="/sites")
_PLAIN = ("name", "address", "lat", "lon", "time_zone", "language", "active")


@blueprint.get("/new")
@allow(Role.ADMINISTRATOR)
def new() -> str:
    return _new_page(_offer(NewSiteForm()))


@blueprint.post("")
@allow(Role.ADMINISTRATOR)
def add() -> Response | tuple[str, int]:
    form = _offer(NewSiteForm())
    tried = attempt(form, lambda: add_site(
        g.session, g.actor, form.code.data.strip(), region=_region(form), details=_details(form)))
    if tried.thing is None:
        return _new_page(form, tried.problem), tried.status
    say(t("%(name)s is added.", name=tried.thing.name))
    return redirect(url_for("site_editing.edit", code=tried.thing.code), 303)


@blueprint.get("/<code>/edit")
@allow(Role.ADMINISTRATOR)
def edit(code: str) -> str:
    site = _site(code)
    form = SiteForm(region=site.region.code, **{name: getattr(site, name) for name in _PLAIN})
    return _edit_page(code, _offer(form))


@blueprint.post("/<code>/edit")
@allow(Role.ADMINISTRATOR)
def change(code: str) -> Response | tuple[str, int]:
    site = _site(code)
    form = _offer(SiteForm())
    tried = attempt(form, lambda: change_site(g.session, g.actor, site, region=_region(form), details=_details(form)))
    if tried.thing is None:
        return _edit_page(code, form, tried.problem), tried.status
    say(t("%(name)s is saved.", name=site.name))
    return redirect(url_for("site_editing.edit", code=code), 303)


def _new_page(form: NewSiteForm, problem: Problem | None = None) -> str:
    return render_template("sites/new.html", form=form, problem=problem, time_zones=time_zones())


def _edit_page(code: str, form: SiteForm, problem: Problem | None = None) -> str:
    return render_template("sites/edit.html", code=code, form=form, problem=problem, time_zones=time_zones())


def _site(code: str) -> Site:
    return or_404(g.session.scalar(g.scope.sites(select_sites(), Role.ADMINISTRATOR).where(Site.code == code)))


def _region(form: SiteForm) -> Region:
    return g.session.scalar(select_regions().where(Region.code == form.region.data))


def _details(form: SiteForm) -> SiteDetails:
    return SiteDetails(**{name: getattr(form, name).data for name in _PLAIN})


def _offer(form: SiteForm) -> SiteForm:
    regions = g.session.scalars(g.scope.regions(select_regions(), Role.ADMINISTRATOR))
    form.region.choices = {region.code: region.name for region in regions}
    return form
