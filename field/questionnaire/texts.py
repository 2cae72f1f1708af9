"""What counts as nothing written, alike in Python and in the browser."""

LONGEST = 4000
BLANKS = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing."""
    return not text.strip(BLANKS)


def pointer(*steps: str | int) -> str:
    """A JSON Pointer (RFC 6901) to the place the steps lead to."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
