"""What an error of the database or of the system below us means to us, on every database."""

import errno

from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: What a system says that may be well again in a moment, or when somebody has looked: no refusal of what was sent.
_FOR_NOW = {errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ESTALE, errno.ETIMEDOUT}
_BUSY_WORDS = ("locked", "busy", "unable to open database", "readonly database")


def is_busy(error: BaseException) -> bool:
    """Whether to try again is all there is to do: locked, busy, serialisation, a database that is lost or away."""
    if isinstance(error, OSError):
        return error.errno in _FOR_NOW
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout | MemoryError)
    text, code = str(error.orig).lower(), _code(error)
    if error.connection_invalidated or code[:2] in ("08", "40", "55", "57") or code in ("53200", "53300"):
        return True
    return isinstance(error, OperationalError) and (any(word in text for word in _BUSY_WORDS) or _never_connected(error))


def is_full(error: BaseException) -> bool:
    """Whether the disk under the photos or the database is full."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if not isinstance(error, DBAPIError):
        return False
    return _code(error) == "53100" or "full" in str(error.orig).lower() or "disk i/o" in str(error.orig).lower()


def is_unsayable(error: BaseException) -> bool:
    """Whether somebody typed what this database cannot hold: PostgreSQL knows no NUL, and keeps to lengths."""
    return isinstance(error, DataError)


def _code(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _never_connected(error: OperationalError) -> bool:
    """PostgreSQL's driver has no code for a server that it could not reach."""
    return hasattr(error.orig, "sqlstate") and not _code(error)
