"""Wakes workers on every machine when a job is written, where Redis is given. Looking into the database finds each job without it."""

import logging
import time
from collections.abc import Callable
from threading import Event
from typing import Any

_LOG = logging.getLogger("field.jobs")
_KEY = "fieldscore:jobs"
#: So many rings wait for workers that are busy; each wakes one.
_KEPT = 16
#: How long a request may wait for Redis, how long longer than asked a worker may, and how long nobody asks one that did not answer.
_WAIT_SECONDS, _LATE_SECONDS, _AWAY_SECONDS = 0.25, 5.0, 30.0


class Bell:
    """Never raises and promises nothing: a ring may be lost, and one may be heard for nothing."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._ringing = self._waiting = None
        self._ask_again = 0.0
        if redis_url:
            import redis  # a tenth of a second that only they wait for who have one
            self._fault = redis.RedisError
            self._ringing, self._waiting = (
                redis.from_url(redis_url, socket_connect_timeout=_WAIT_SECONDS, socket_timeout=seconds) for seconds in (_WAIT_SECONDS, _LATE_SECONDS))

    def ring(self) -> None:
        """Wakes a worker."""
        if self._ringing:
            self._ask(self._ringing.pipeline(transaction=False).lpush(_KEY, "").ltrim(_KEY, 0, _KEPT - 1).execute)

    def wait(self, stop: Event, seconds: float) -> None:
        """Waits for a ring, for ``stop`` or as long as that; beside Redis, ``stop`` is seen at the end."""
        until = time.monotonic() + seconds
        if not (self._waiting and self._ask(lambda: self._waiting.blpop([_KEY], timeout=seconds))):
            stop.wait(max(0.0, until - time.monotonic()))

    def _ask(self, question: Callable[[], Any]) -> Any:
        if time.monotonic() < self._ask_again:
            return None
        try:
            return question()
        except self._fault as error:
            self._ask_again = time.monotonic() + _AWAY_SECONDS
            _LOG.warning("Redis is away, looking for jobs", extra={"code": type(error).__name__})
            return None
