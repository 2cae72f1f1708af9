"""What a task is given."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.orm import Session

from field.jobs.bell import Bell
from field.photos.decoder import Decoder
from field.photos.store import PhotoStore


class Sessions(Protocol):
    """Opens sessions: ``write`` commits at its end."""

    def read(self) -> AbstractContextManager[Session]: ...

    def write(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True)
class Work:
    """The places where tasks read, write, keep and decode."""

    database: Sessions
    store: PhotoStore
    decoder: Decoder
    bell: Bell = field(default_factory=Bell)


#: What is to be written when the slow part is done, in the transaction that ends the job.
Writing = Callable[[Session], None]
Task = Callable[..., Writing | None]
