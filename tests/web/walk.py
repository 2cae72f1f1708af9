"""Walks the desk as somebody: every link, picture, sheet and file that their pages lead to."""

import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from pypdf import PdfReader

_LINK = re.compile(r"""(?:href|src|action|formaction)="([^"]+)\"""")
_LEAVE_OUT = ("/static/", "/sign-out", "/app/")


def walk(client: FlaskClient, *starts: str, most: int = 400) -> dict[str, bytes]:
    """Address to everything that came: headers, body, and what can be read in a PDF."""
    found: dict[str, bytes] = {}
    waiting = list(starts)
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        with client.get(address) as answer:
            assert answer.status_code < 500, address
            found[address] = str(answer.headers).encode() + answer.data + _readable(answer.mimetype, answer.data)
            if answer.mimetype == "text/html":
                waiting += [link for link in _links(address, answer.get_data(as_text=True)) if link not in found]
            elif answer.status_code in (301, 302, 303):
                waiting.append(answer.headers["Location"])
    return found


def _links(here: str, page: str) -> Iterator[str]:
    for link in _LINK.findall(page):
        parts = urlsplit(urljoin(here, unescape(link)))
        if not parts.netloc and not parts.path.startswith(_LEAVE_OUT):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def _readable(mimetype: str, data: bytes) -> bytes:
    return pdf_text(data).encode() if mimetype == "application/pdf" else b""


def pdf_text(data: bytes) -> str:
    """Every word, address and property of a PDF."""
    reader = PdfReader(io.BytesIO(data))
    links = [str(note.get_object()) for page in reader.pages for note in page.get("/Annots", [])]
    known = [str(reader.metadata), str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())]
    return "\n".join([*(page.extract_text() for page in reader.pages), *links, *known])
