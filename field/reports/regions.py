"""The regions that a person may look at, as a tree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field.access import MANAGING
from field.models import Scope
from field.models.overview import select_regions


@dataclass(frozen=True)
class Node:
    """A region; ``depth`` counts from the uppermost one that the person sees."""

    id: str
    code: str
    name: str
    parent_id: str | None
    top_id: str
    depth: int


@dataclass(frozen=True)
class Tree:
    """All regions within a scope, each followed by those below it."""

    nodes: tuple[Node, ...]

    @property
    def roots(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.depth == 0)

    def find(self, code: str) -> Node | None:
        return next((node for node in self.nodes if node.code == code), None)

    def get(self, region_id: str | None) -> Node | None:
        return next((node for node in self.nodes if node.id == region_id), None)

    def children(self, region: Node | None) -> tuple[Node, ...]:
        """The regions directly below one; the uppermost ones for None."""
        return tuple(node for node in self.nodes if node.parent_id == region.id) if region else self.roots

    def path(self, region: Node | None) -> tuple[Node, ...]:
        """From the uppermost region that the person sees down to this one."""
        return (*self.path(self.get(region.parent_id)), region) if region else ()


def tree(session: Session, scope: Scope) -> Tree:
    """The regions where the person compares sites."""
    rows = session.execute(scope.regions(select_regions(), *MANAGING)).all()
    known = {row.id for row in rows}
    below: dict[str | None, list] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    return Tree(tuple(_walk(below, None, 0)))


def _walk(below: Mapping[str | None, list], parent: str | None, depth: int) -> Iterator[Node]:
    for row in below.get(parent, ()):
        yield Node(*row, depth=depth)
        yield from _walk(below, row.id, depth + 1)
