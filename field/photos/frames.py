"""What goes through the decoder's pipes: a line of JSON, then bodies of announced lengths; no pickles."""

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Frame:
    """Some words and some bodies of bytes."""

    words: dict[str, Any]
    bodies: list[bytes] = field(default_factory=list)


def write_frame(pipe: BinaryIO, frame: Frame) -> None:
    """Writes a frame and flushes; OSError when nobody reads."""
    head = {**frame.words, "lengths": [len(body) for body in frame.bodies]}
    pipe.write(json.dumps(head).encode() + b"\n")
    for body in frame.bodies:
        pipe.write(body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> Frame:
    """The next frame; EOFError when the other side has gone, in the middle or before."""
    head = pipe.readline()
    if not head.endswith(b"\n"):
        raise EOFError
    words = json.loads(head)
    return Frame(words, [_exactly(pipe, length) for length in words.pop("lengths")])


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    body = pipe.read(length)
    if len(body) != length:
        raise EOFError
    return body
