"""Rate limits of routes: counted by worker, or over all machines where Redis is given. Sign-ins count in the database."""

import logging
import time

from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from field.config import BadSettings
from field.errors import Problem

_LIMITS = {"api": parse("3000/minute"), "export": parse("60/minute"), "originals": parse("60/minute"),
           "links": parse("30/minute"), "passkeys": parse("30/minute")}
_LOG = logging.getLogger("field.web")
#: How long one request may wait for Redis, and how long nobody asks one that did not answer.
_WAIT_SECONDS, _AWAY_SECONDS = 0.25, 30.0


def init_app(app: Flask) -> None:
    config = app.config["FIELDSCORE"]
    limiter = Together(config.redis_url) if config.redis_url else FixedWindowRateLimiter(MemoryStorage())
    app.extensions["limiter"] = limiter if config.rate_limits else None


def check(name: str, key: str) -> None:
    """``request.too_many`` when the key has used up its share of this minute."""
    limiter = current_app.extensions["limiter"]
    if limiter and not limiter.hit(_LIMITS[name], key):
        raise Problem("request.too_many", retry_after=30)


class Together:
    """Counts over all machines. While Redis is away each worker counts by itself: limits are looser then, but nobody is turned away."""

    def __init__(self, redis_url: str) -> None:
        waits = {"socket_timeout": _WAIT_SECONDS, "socket_connect_timeout": _WAIT_SECONDS}
        try:
            self._all = FixedWindowRateLimiter(storage_from_string(redis_url, wrap_exceptions=True, **waits))
        except ConfigurationError as error:
            raise BadSettings(f"REDIS_URL cannot be used: {error}") from None
        self._alone = FixedWindowRateLimiter(MemoryStorage())
        self._ask_again = 0.0

    def hit(self, limit: RateLimitItem, key: str) -> bool:
        """Counts one request of the key; False when its share is used up."""
        if time.monotonic() >= self._ask_again:
            try:
                return self._all.hit(limit, key)
            except StorageError as error:
                self._ask_again = time.monotonic() + _AWAY_SECONDS
                _LOG.warning("Redis is away, counting alone", extra={"code": type(error.storage_error).__name__})
        return self._alone.hit(limit, key)
