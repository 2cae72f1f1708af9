"""The decoder's child process, started by ``decoder.py``: photos in, derivatives out, until its pipe is closed."""

import os
import resource
import signal
import sys
from typing import BinaryIO

from field.photos.derive import Unreadable, derive_all
from field.photos.frames import Frame, read_frame, write_frame

#: When the machine is busy, phones are answered first and derivatives wait.
_AFTER_REQUESTS = 10


def main(cpu_seconds: float, megabytes: int) -> None:
    """Answers one frame for each that comes. It outlives signals meant for its parent and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(_AFTER_REQUESTS)
    _limit_memory(megabytes)
    asked, answers = _own_pipes()
    while True:
        try:
            request = read_frame(asked)
        except EOFError:
            return
        # Processor time, not time on the wall: a busy machine makes no photo unreadable. The signal kills.
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
        answer = _answer(request)
        signal.setitimer(signal.ITIMER_PROF, 0)
        write_frame(answers, answer)


def _limit_memory(megabytes: int) -> None:
    """64 megapixels fit, with transparency and the copies that shrinking makes; little more does."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of reach of anything that prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _answer(request: Frame) -> Frame:
    try:
        derived = derive_all(request.bodies[0], request.words["long_sides"])
    except Unreadable as failure:
        return Frame({"unreadable": failure.reason})
    return Frame({"sizes": [[each.width, each.height] for each in derived]}, [each.data for each in derived])
