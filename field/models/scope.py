"""One Scope(actor) that every select goes through: what is outside it does not exist for the person."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from field.access import COUNTED, READING, REVIEWING, Actor, Grant, Role
from field.models.region import Region, RegionTree, select_below
from field.models.site import Site
from field.models.visit import Visit


class Scope:
    """What a person may see. Each method narrows a select that already holds the table it names."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def sites(self, query: Select, *roles: Role) -> Select:
        """Sites of the person's regions and their own; under ``roles`` only, when named."""
        return query.where(self.site_filter(*(roles or READING)))

    def visits(self, query: Select) -> Select:
        """Visits as the person may see them: reviewers all of their regions, managers and staff what counts."""
        return query.where(or_(
            and_(Visit.state != "draft", self._visit_at(*REVIEWING)),
            and_(Visit.state.in_(COUNTED), self._visit_at(*READING)),
        ))

    def reviewable(self, query: Select) -> Select:
        """Visits that the person may review, their own excepted."""
        return query.where(self._visit_at(*REVIEWING), Visit.person_id != self.actor.person_id)

    def reviewing(self, query: Select) -> Select:
        """Visits of which the person may know comments, originals, flags and history."""
        return query.where(self._visit_at(*REVIEWING))

    def regions(self, query: Select, *roles: Role) -> Select:
        """Regions where the person holds a role, and all below them."""
        grants = self.actor.reach(*(roles or READING))
        if any(_everywhere(grant) for grant in grants):
            return query
        return query.where(Region.id.in_(select_below([g.region_id for g in grants if g.region_id])))

    def site_filter(self, *roles: Role) -> ColumnElement[bool]:
        """The condition on ``Site`` under which the person holds one of these roles there."""
        return self._at(Site.id, roles, lambda ids: Site.region_id.in_(select_below(ids)))

    def _visit_at(self, *roles: Role) -> ColumnElement[bool]:
        below = lambda ids: Visit.site_id.in_(  # noqa: E731
            select(Site.id).join(RegionTree, RegionTree.below_id == Site.region_id).where(RegionTree.above_id.in_(ids)))
        return self._at(Visit.site_id, roles, below)

    def _at(self, site_id, roles: tuple[Role, ...], in_regions) -> ColumnElement[bool]:
        grants = self.actor.reach(*roles)
        if any(_everywhere(grant) for grant in grants):
            return true()
        sites = [grant.site_id for grant in grants if grant.site_id]
        regions = [grant.region_id for grant in grants if grant.region_id]
        conditions = [site_id.in_(sites)] if sites else []
        if regions:
            conditions.append(in_regions(regions))
        return or_(*conditions) if conditions else false()


def _everywhere(grant: Grant) -> bool:
    return grant.region_id is None and grant.site_id is None and grant.role != Role.STAFF
