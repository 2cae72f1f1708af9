"""What every check is given, what it finds, and how it reads: a page in each transaction."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Column, Row, Select, tuple_
from sqlalchemy.orm import Session

from field.photos.store import PhotoStore


@dataclass(frozen=True)
class Finding:
    """One thing that differs: what it is, its name, what is wrong. ``stray`` things are no loss, only untidy."""

    subject: str
    name: str
    fault: str
    stray: bool = False

    def __str__(self) -> str:
        return f"{self.subject} {self.name}: {self.fault}"


@dataclass(frozen=True)
class Walk:
    """Where to read and what vouches: ``keys`` are the receipts' public keys by id; ``counts`` says what was looked at."""

    read: Callable[[], AbstractContextManager[Session]]
    store: PhotoStore
    keys: dict[str, bytes]
    counts: Counter[str] = field(default_factory=Counter)

    def pages(self, query: Select, key: Sequence[Column], size: int) -> Iterator[Sequence[Row]]:
        """The rows of ``query``, whose first columns are ``key``, in its order: no transaction reads more than ``size``."""
        step, last = query.order_by(*key).limit(size), None
        while rows := self._page(step if last is None else step.where(tuple_(*key) > tuple_(*last))):
            yield rows
            last = tuple(rows[-1])[:len(key)]

    def _page(self, step: Select) -> Sequence[Row]:
        with self.read() as session:
            return session.execute(step).all()
