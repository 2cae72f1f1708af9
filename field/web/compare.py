"""Two sites side by side."""

from flask import Blueprint, g, render_template

from field.access import MANAGING
from field.models import Site
from field.models.overview import select_neighbours
from field.models.site import select_sites
from field.reports import compare
from field.reports.compare_words import CompareWords
from field.reports.selection import choose_for_sites
from field.web import filters
from field.web.policy import allow, or_404
from field.web.words import current
from forms.filters import CompareFilter

blueprint = Blueprint("compare", __name__)


@blueprint.get("/compare")
@allow(*MANAGING)
def show() -> str:
    """Two sites compared, or the choice of the sites that are still missing."""
    form = filters.read(CompareFilter)
    sites = tuple(_site(code) for code in form.codes)
    if len(sites) < 2:
        return _choice(sites, form)
    selection = choose_for_sites(g.session, g.scope, sites, filters.asked(form), current())
    found = compare.gather(g.session, g.scope, sites, selection, current())
    g.session.rest()
    return render_template("compare/show.html", found=found, words=found and CompareWords(found, current()), sites=sites,
                           selection=selection, form=form, here=filters.here, t=current())


def _choice(sites: tuple[Site, ...], form: CompareFilter) -> str:
    near = g.session.execute(g.scope.sites(select_neighbours(sites[0]), *MANAGING)).all() if sites else ()
    return render_template("compare/choose.html", sites=sites, near=near, form=form, here=filters.here)


def _site(code: str) -> Site:
    return or_404(g.session.scalar(g.scope.sites(select_sites().where(Site.code == code), *MANAGING)))
