"""Regions: the tree, added to, renamed and moved."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.access import Role
from field.errors import Problem
from field.models import Region
from field.models.region import select_regions
from field.models.site import select_sites
from field.operations.regions import add_region, change_region
from field.web.attempts import attempt, say
from field.web.policy import allow, or_404
from field.web.words import t
from forms.regions import NewRegionForm, RegionForm

blueprint = Blueprint("regions", __name__, url_prefix="/regions")


@blueprint.get("")
@allow(Role.ADMINISTRATOR)
def index() -> str:
    regions = g.session.scalars(select_regions()).all()
    sites = g.session.scalars(select_sites()).all()
    return render_template("regions/index.html", regions=regions, sites=sites)


@blueprint.get("/new")
@allow(Role.ADMINISTRATOR)
def new() -> str:
    return render_template("regions/new.html", form=_offer(NewRegionForm()))


@blueprint.post("")
@allow(Role.ADMINISTRATOR)
def add() -> Response | tuple[str, int]:
    form = _offer(NewRegionForm())
    tried = attempt(form, lambda: add_region(
        g.session, g.actor, form.code.data.strip(), name=form.name.data, parent=_parent(form)))
    if tried.thing is None:
        return render_template("regions/new.html", form=form, problem=tried.problem), tried.status
    say(t("%(name)s is added.", name=tried.thing.name))
    return redirect(url_for("regions.index"), 303)


@blueprint.get("/<code>")
@allow(Role.ADMINISTRATOR)
def edit(code: str) -> str:
    region = _region(code)
    above = g.session.get(Region, region.parent_id) if region.parent_id else None
    return _edit_page(code, _offer(RegionForm(name=region.name, parent=above.code if above else ""), code))


@blueprint.post("/<code>")
@allow(Role.ADMINISTRATOR)
def change(code: str) -> Response | tuple[str, int]:
    region = _region(code)
    form = _offer(RegionForm(), code)
    tried = attempt(form, lambda: change_region(g.session, g.actor, region, name=form.name.data, parent=_parent(form)))
    if tried.thing is None:
        return _edit_page(code, form, tried.problem), tried.status
    say(t("%(name)s is saved.", name=region.name))
    return redirect(url_for("regions.index"), 303)


def _edit_page(code: str, form: RegionForm, problem: Problem | None = None) -> str:
    return render_template("regions/edit.html", code=code, form=form, problem=problem)


def _region(code: str) -> Region:
    return or_404(g.session.scalar(select_regions().where(Region.code == code)))


def _parent(form: RegionForm) -> Region | None:
    return g.session.scalar(select_regions().where(Region.code == form.parent.data)) if form.parent.data else None


def _offer(form: RegionForm, own: str = "") -> RegionForm:
    """Every other region as a parent; that a region stands below itself the operation refuses."""
    others = {region.code: region.name for region in g.session.scalars(select_regions()) if region.code != own}
    form.parent.choices = {"": t("Nothing: a top-level region"), **others}
    return form
