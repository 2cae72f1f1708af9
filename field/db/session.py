"""The session: reads by default, writes on purpose."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session


class UnitOfWork(Session):
    """A SQLAlchemy session that is told before its first write."""

    def __init__(self, reading_engine: Engine, writing_engine: Engine) -> None:
        super().__init__(reading_engine, expire_on_commit=False)
        self._reading_engine = reading_engine
        self._writing_engine = writing_engine

    def writing(self) -> "UnitOfWork":
        """Ends what was read so far; the next statement opens a transaction that holds the write lock."""
        if self.bind is not self._writing_engine:
            self.rollback()
            self.bind = self._writing_engine
        return self

    def reading(self) -> "UnitOfWork":
        """Back to reading, after a commit."""
        self.bind = self._reading_engine
        return self

    def checkpoint(self) -> None:
        """Commits what must stand whatever comes next (a counted try) and goes back to reading."""
        self.commit()
        self.reading()

    def rest(self) -> None:
        """Ends the reading transaction, so that no reader holds up a writer while a view draws."""
        if self.bind is not self._writing_engine:
            self.rollback()
