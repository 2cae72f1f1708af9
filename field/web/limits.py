"""Rate limits of routes: counted by worker, or over all machines where Redis is given. Sign-ins count in the database."""

from flask import Flask, current_app
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from field.errors import Problem

_LIMITS = {"api": parse("3000/minute"), "export": parse("60/minute"), "originals": parse("60/minute"),
           "links": parse("30/minute"), "passkeys": parse("30/minute")}


def init_app(app: Flask) -> None:
    config = app.config["FIELDSCORE"]
    storage = storage_from_string(config.redis_url or "memory://")
    app.extensions["limiter"] = FixedWindowRateLimiter(storage) if config.rate_limits else None


def check(name: str, key: str) -> None:
    """``request.too_many`` when the key has used up its share of this minute."""
    limiter = current_app.extensions["limiter"]
    if limiter and not limiter.hit(_LIMITS[name], key):
        raise Problem("request.too_many", retry_after=30)
