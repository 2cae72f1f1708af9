"""Regions: a tree whose closure is kept with every change."""

import re

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Region, RegionTree, Visit, new_id
from field.models.region import select_below
from field.models.site import Site
from field.operations.audit import record

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


def add_region(session: Session, actor: Actor, code: str, *, name: str, parent: Region | None = None) -> Region:
    """A new region below ``parent``, or at the top; ``region.invalid``, ``region.taken``."""
    _refuse_mistakes("region.invalid", check_code(code) + check_name(name))
    if session.scalar(select(Region.id).where(Region.code == code)):
        raise Problem("region.taken")
    region_id = new_id()
    region = Region(id=region_id, code=code, name=name.strip(), parent_id=parent and parent.id, top_id=parent.top_id if parent else region_id)
    session.add(region)
    session.flush()
    _join_tree(session, region)
    record(session, actor, "region.added", "region", region.id, code=code, parent=parent and parent.code)
    return region


def change_region(session: Session, actor: Actor, region: Region, *, name: str, parent: Region | None) -> Region:
    """Renames a region or moves it with all below it; ``region.loop`` when it would stand below itself."""
    _refuse_mistakes("region.invalid", check_name(name))
    before = {"name": region.name, "parent": region.parent_id}
    region.name = name.strip()
    if (parent and parent.id) != region.parent_id:
        _move(session, region, parent)
    session.flush()
    record(session, actor, "region.changed", "region", region.id, before=before, after={"name": region.name, "parent": region.parent_id})
    return region


def _join_tree(session: Session, region: Region) -> None:
    rows = [{"above_id": region.id, "below_id": region.id, "distance": 0}]
    if region.parent_id:
        above = session.execute(select(RegionTree.above_id, RegionTree.distance).where(RegionTree.below_id == region.parent_id))
        rows += [{"above_id": row.above_id, "below_id": region.id, "distance": row.distance + 1} for row in above]
    session.execute(insert(RegionTree), rows)


def _move(session: Session, region: Region, parent: Region | None) -> None:
    """Takes the subtree out of the closure and hangs it below its new parent; visits follow their top region."""
    below = session.execute(select(RegionTree.below_id, RegionTree.distance).where(RegionTree.above_id == region.id)).all()
    ids = [row.below_id for row in below]
    if parent and parent.id in ids:
        raise Problem("region.loop")
    session.execute(delete(RegionTree).where(and_(RegionTree.below_id.in_(ids), RegionTree.above_id.not_in(ids))))
    region.parent_id = parent and parent.id
    if parent:
        above = session.execute(select(RegionTree.above_id, RegionTree.distance).where(RegionTree.below_id == parent.id)).all()
        session.execute(insert(RegionTree), [
            {"above_id": a.above_id, "below_id": b.below_id, "distance": a.distance + b.distance + 1} for a in above for b in below])
    top_id = parent.top_id if parent else region.id
    session.execute(update(Region).where(Region.id.in_(ids)).values(top_id=top_id))
    sites = select(Site.id).where(Site.region_id.in_(select_below([region.id])))
    session.execute(update(Visit).where(Visit.site_id.in_(sites)).values(top_region_id=top_id), execution_options={"synchronize_session": False})


def check_code(code: str) -> list[Mistake]:
    if _CODE.match(code):
        return []
    return [Mistake("/code", "code.shape", N_(
        "Use letters a to z, digits, dots, hyphens and underscores, beginning with a letter or digit, such as north-3; at most 64."))]


def check_name(name: str) -> list[Mistake]:
    return [] if 0 < len(name.strip()) <= 200 else [Mistake("/name", "name.shape", N_("Write a name of at most 200 characters."))]


def _refuse_mistakes(code: str, mistakes: list[Mistake]) -> None:
    if mistakes:
        raise Problem(code, errors=mistakes)
