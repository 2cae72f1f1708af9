"""Regions: a tree, kept with a closure table so that "all below" is one join on every database."""

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from field.models.base import Base, Code, HasId, Id


class Region(HasId, Base):
    __tablename__ = "region"

    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("region.id"), index=True)
    top_id: Mapped[str] = mapped_column(Id, index=True)


class RegionTree(Base):
    """One row for each pair of a region and a region that it stands below; itself too, at distance 0."""

    __tablename__ = "region_tree"

    above_id: Mapped[str] = mapped_column(ForeignKey("region.id"), primary_key=True)
    below_id: Mapped[str] = mapped_column(ForeignKey("region.id"), primary_key=True, index=True)
    distance: Mapped[int]


def select_below(region_ids: list[str]) -> Select[tuple[str]]:
    """The ids of these regions and of all below them."""
    return select(RegionTree.below_id).where(RegionTree.above_id.in_(region_ids))


def select_path(region_id: str) -> Select[tuple[Region]]:
    """The regions from the top down to this one."""
    return (
        select(Region).join(RegionTree, RegionTree.above_id == Region.id)
        .where(RegionTree.below_id == region_id).order_by(RegionTree.distance.desc())
    )


def select_children(region_id: str | None) -> Select[tuple[Region]]:
    """The regions directly below one; the top-level ones for None."""
    return select(Region).where(Region.parent_id == region_id).order_by(Region.name)


def select_regions() -> Select[tuple[Region]]:
    """All regions by name; always goes through a Scope where a person asks."""
    return select(Region).order_by(Region.name, Region.code)


def select_related(region_ids: Select) -> Select[tuple[str]]:
    """The ids of these regions, of all above and of all below them."""
    above = select(RegionTree.above_id).where(RegionTree.below_id.in_(region_ids))
    return above.union(select(RegionTree.below_id).where(RegionTree.above_id.in_(region_ids)))


def select_region_ids() -> Select[tuple[str]]:
    return select(Region.id)
