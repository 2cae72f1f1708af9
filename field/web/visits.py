"""A visit's own page: everything the person may see of it, with the whole way from answers to score."""

from flask import Blueprint, g, render_template

from field.access import COUNTED, READING, may_decide
from field.models.review import select_reviews
from field.reports.visit_view import gather
from field.web.policy import allow, or_404
from forms.choices import STATES
from forms.sign_in import ConfirmForm

blueprint = Blueprint("visits", __name__)


@blueprint.get("/visits/<id:visit>")
@allow(*READING)
def show(visit: str) -> str:
    view = or_404(gather(g.session, g.scope, visit, g.actor.language))
    reviews = g.session.scalars(select_reviews(visit)).all() if view.closer else []
    mine = any(review.decision is None and review.reviewer_id == g.actor.person_id for review in reviews)
    return render_template("visits/show.html", view=view, reviews=reviews, state=STATES[view.visit.state], form=ConfirmForm(),
                           counted=view.visit.state in COUNTED, mine=mine,
                           decides=view.closer and may_decide(g.actor, view.visit.person_id))
