"""The decoder: derivatives made in a process of its own, which a hostile photo may exhaust or crash."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType

from field.photos.derive import SIZES, Derived, Unreadable
from field.photos.frames import Frame, read_frame, write_frame

#: Starts the child without ``field/__init__``, which would load the whole house where one room is enough.
_START = """
import sys, types
field = sys.modules["field"] = types.ModuleType("field")
field.__path__ = [sys.argv[1]]
from field.photos.decoding import main
main(float(sys.argv[2]), int(sys.argv[3]))
"""
_FIELD = str(Path(__file__).parents[1])


class Decoder:
    """One child process, started at the first photo, replaced when it dies; threads may share it.

    A photo has ``cpu_seconds`` of processor time, whatever else the machine does, and ``wall_seconds`` at the
    very most; one that kills the process twice is unreadable. The process knows nothing of our environment.
    """

    def __init__(self, *, cpu_seconds: float = 5, wall_seconds: float = 20, megabytes: int = 1536) -> None:
        self._limits = [str(cpu_seconds), str(megabytes)]
        self._wall_seconds = wall_seconds
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __del__(self) -> None:
        self._end()

    def derive(self, data: bytes, long_sides: Sequence[int] = SIZES) -> list[Derived]:
        """The photo in these sizes, largest first; raises Unreadable and nothing else."""
        with self._lock:
            try:
                return self._ask(data, long_sides)
            except _Died as first:
                if first.reason == "time":
                    raise Unreadable("time") from None
            try:
                return self._ask(data, long_sides)
            except _Died as again:
                raise Unreadable(again.reason) from None

    def close(self) -> None:
        """Ends the process; the next photo would start another."""
        with self._lock:
            self._end()

    def __enter__(self) -> "Decoder":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, data: bytes, long_sides: Sequence[int]) -> list[Derived]:
        child = self._living()
        try:
            with self._time_limit(child):
                write_frame(child.stdin, Frame({"long_sides": list(long_sides)}, [data]))
                answer = read_frame(child.stdout)
        except (OSError, EOFError, ValueError):
            raise _Died(self._end()) from None
        if "unreadable" in answer.words:
            raise Unreadable(answer.words["unreadable"])
        return [Derived(body, *size) for body, size in zip(answer.bodies, answer.words["sizes"], strict=True)]

    def _living(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-c", _START, _FIELD, *self._limits],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
            )
        return self._child

    @contextmanager
    def _time_limit(self, child: subprocess.Popen[bytes]) -> Iterator[None]:
        watch = Timer(self._wall_seconds, child.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _end(self) -> str:
        """Ends the child if there is one, and says in one word what it died of."""
        child, self._child = self._child, None
        if child is None:
            return "crash"
        with suppress(OSError):
            child.stdin.close()
        child.stdout.close()
        try:
            code = child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        return "time" if code == -signal.SIGPROF else "crash"


class _Died(Exception):
    def __init__(self, reason: str) -> None:
        self.reason = reason
