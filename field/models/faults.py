"""What a database's error means to us, on every database."""

from sqlalchemy.exc import DataError, DBAPIError, OperationalError


def is_busy(error: BaseException) -> bool:
    """Whether the database only asks to try again: locked, busy, serialisation, a lost connection."""
    if not isinstance(error, DBAPIError):
        return False
    text = str(error.orig).lower()
    code = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or code[:2] in ("08", "40", "55", "57") or (
        isinstance(error, OperationalError) and ("locked" in text or "busy" in text))


def is_full(error: BaseException) -> bool:
    """Whether the disk under the database is full."""
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) == "53100" or "full" in str(error.orig).lower() or "disk i/o" in str(error.orig).lower()


def is_unsayable(error: BaseException) -> bool:
    """Whether somebody typed what this database cannot hold: PostgreSQL knows no NUL, and keeps to lengths."""
    return isinstance(error, DataError)
