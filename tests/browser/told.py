"""What somebody was shown as saved and what they tried after it: one of these a phone must have, and nothing else."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: A visit and what of it: ``("floors", "comment")``, ``("floors", "value")`` or ``PHOTOS``.
Thing = tuple[str, str]
PHOTOS: Thing = ("", "photos")


@dataclass
class Try:
    """Something done under the thumb; ``at`` is when the screen showed it as saved."""

    value: Any
    at: float = math.inf

    def shown(self, at: float, value: Any = None) -> None:
        self.value, self.at = self.value if value is None else value, at


@dataclass
class Told:
    """All tries by visit and thing, in their order; ``checked`` are the kinds of which something shown was looked for."""

    tries: dict[tuple[str, Thing], list[Try]] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)

    def tried(self, visit: str, thing: Thing, value: Any = None) -> Try:
        self.tries.setdefault((visit, thing), []).append(made := Try(value))
        return made

    def faults(self, visit: str, holder: dict[str, Any], before: float = math.inf) -> Iterator[str]:
        """What a holder of answers and photos has other than was shown ``before``."""
        for (of, thing), tries in self.tries.items():
            if of == visit:
                settled, later = _settled(tries, before, thing)
                self.checked |= {thing[1]} if settled in tries else set()
                found = _found(holder, thing)
                if not _fits(found, thing, settled.value, [each.value for each in later]):
                    yield f"{visit} {thing}: {found}, shown was {settled.value}, tried after it {later}"

    def begins_again(self, visit: str, holder: dict[str, Any]) -> None:
        """From here on what the phone has now is what was shown."""
        for of, thing in self.tries:
            if of == visit:
                self.tries[of, thing] = [Try(_found(holder, thing), 0.0)]


def _settled(tries: list[Try], before: float, thing: Thing) -> tuple[Try, list[Try]]:
    """The last that was shown in time, or nothing at all, and what was tried after it."""
    shown = [number for number, each in enumerate(tries) if each.at <= before and each.at < math.inf]
    return (tries[shown[-1]], tries[shown[-1] + 1:]) if shown else (Try(() if thing == PHOTOS else None), tries)


def _fits(found: Any, thing: Thing, shown: Any, later: list[Any]) -> bool:
    """Photos only become more, by one with each try; anything else is as it was shown, or as somebody tried to change it."""
    if thing == PHOTOS:
        return found[:len(shown)] == shown and len(found) <= len(shown) + len(later)
    return any(type(found) is type(each) and found == each for each in (shown, *later))


def _found(holder: dict[str, Any], thing: Thing) -> Any:
    if thing == PHOTOS:
        return tuple(photo["sha256"] for photo in holder["photos"])
    question, part = thing
    return holder["answers"].get(question, {}).get(part)
