"""The database: engine, sessions, the one place that commits, migrations.

A reading transaction begins with BEGIN, a writing one with BEGIN IMMEDIATE (``UnitOfWork.writing``), both emitted
here because the driver's own handling breaks savepoints. In a request the commit happens after the view and before
the answer leaves (``web_session``); a command commits with ``Database.write``.
"""

from field.db.engine import Database
from field.db.session import UnitOfWork
from field.db.web_session import init_app

__all__ = ["Database", "UnitOfWork", "init_app"]
