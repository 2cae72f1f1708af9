"""The order of fsync and answer, read from what the kernel was asked: strace writes it down, this reads it.

A killed process cannot show a missing fsync, because the page cache survives it; only a power cut would. So the order
itself is looked at: what an answer claims was handed to the disk before the answer was handed to the network.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: The calls that write, name, sync and answer; ``-y`` prints the path behind each descriptor.
_STRACE = ("strace", "-f", "-y", "-s", "160", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,pwrite64,sendto,sendmsg")
_SYNC = re.compile(r"(?:fsync|fdatasync)\(\d+<([^>]+)>")
_RENAME = re.compile(r'rename(?:at2?)?\(.*"([^"]+)".*"([^"]+)"')
_WRITE = re.compile(r"p?write(?:64|v)?\(\d+<(/[^>]+)>")
_DATABASE = re.compile(r"\w+\.db(?:-wal|-journal)?$")
_ANSWER = re.compile(r"(?:sendto|sendmsg|writev?)\(\d+<(?:TCP|socket)[^>]*>.*HTTP/1\.1 (\d{3})")


@dataclass(frozen=True)
class Step:
    """One call: ``sync``, ``rename``, ``write`` or ``answer``, and the path or the status."""

    what: str
    which: str


@contextmanager
def traced(pids: list[int], trace: Path) -> Iterator[None]:
    """Writes down what these processes ask of the kernel, from the moment that this begins."""
    watched = [word for pid in pids for word in ("-p", str(pid))]
    running = subprocess.Popen([*_STRACE, "-o", trace, *watched], stderr=subprocess.PIPE, text=True)
    try:
        attached = running.stderr.readline()
        if "attached" not in attached:
            raise RuntimeError(f"strace may not look: {attached}")
        yield
    finally:
        running.terminate()
        running.communicate()


def steps(trace: Path) -> Iterator[Step]:
    """What the trace tells, in order; a call that another thread interrupts counts where it began."""
    for line in trace.read_text(errors="replace").splitlines():
        if found := _SYNC.search(line):
            yield Step("sync", found[1])
        elif found := _RENAME.search(line):
            yield Step("rename", found[2].rsplit("/", 1)[-1])
        elif found := _ANSWER.search(line):
            yield Step("answer", found[1])
        elif found := _WRITE.search(line):
            yield Step("write", found[1])


def early_answers(told: list[Step]) -> tuple[int, list[str]]:
    """How many answers said 201, and what each of them was too early for. One request at a time must have been sent."""
    answers, faults, since = 0, [], []
    for step in told:
        if step.what == "answer" and step.which == "201":
            answers += 1
            faults += [f"answer {answers}: {fault}" for fault in _missing(since)]
        since = [] if step.what == "answer" else [*since, step]
    return answers, faults


def _missing(since: list[Step]) -> Iterator[str]:
    """What was written since the last answer and is not on the disk yet."""
    for at, step in enumerate(since):
        if step.what == "write" and step.which.endswith(".part") and Step("sync", step.which) not in since[at:]:
            yield "the photo's bytes are not synced"
        if step.what == "rename" and not any(after.what == "sync" and "/photos/original" in after.which for after in since[at:]):
            yield "the photo's folder is not synced"
    last = {step.which: at for at, step in enumerate(since) if step.what == "write" and _DATABASE.search(step.which)}
    if not last:
        yield "nothing was written to the database"
    yield from (f"{_DATABASE.search(path)[0]} is not synced" for path, at in last.items() if Step("sync", path) not in since[at:])
