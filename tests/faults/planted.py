"""Eight bugs, each the loss of one promise. A server with one of them must be caught by the harness, or the harness is blunt.

The eighth, a draft cleared on a 5xx, lives in the phone: ``test_planted_bugs.py`` puts it into a copy of its JavaScript.
"""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import timedelta
from threading import Timer
from types import SimpleNamespace
from typing import Any

from flask import Flask, Response, g, request
from limits import parse
from sqlalchemy import update

from field import clock, create_app
from field.db import engine, web_session
from field.models import Revision, new_id
from field.models.revision import select_receipt
from field.photos.folder import FolderStore
from field.sync import revisions
from field.web import api, limits

_LATE = 0.3
Patch = Callable[[Any, str, Any], None]


def make() -> Flask:
    """The product with the bug or in the mood that ``PLANTED`` names, or as it is."""
    {**PLANTS, **MOODS}.get(os.environ.get("PLANTED", ""), lambda _patch: None)(setattr)
    return create_app()


def no_deduplication(patch: Patch) -> None:
    """A revision that comes again is another visit."""
    accept = revisions.accept

    def planted(session, actor, judged, signer):
        incoming = judged.incoming
        if session.scalar(select_receipt(incoming.visit_id, incoming.number)):
            fresh = new_id()
            body = incoming.body.replace(incoming.visit_id.encode(), fresh.encode())
            judged = revisions.judge(session, actor, revisions.Incoming(fresh, incoming.number, body))
        return accept(session, actor, judged, signer)
    patch(revisions, "accept", planted)


def answer_before_commit(patch: Patch) -> None:
    """The commit follows when the answer has left."""
    def planted(session, _response: Response) -> None:
        g.pop("session")
        Timer(_LATE, lambda: (session.commit(), session.close())).start()
    patch(web_session, "_commit", planted)


def no_hash_check(patch: Patch) -> None:
    """A photo is believed to have the digest that is its name."""
    def planted(data: bytes = b"") -> Any:
        named = (request.view_args or {}).get("sha256")
        return SimpleNamespace(hexdigest=lambda: named) if named else hashlib.sha256(data)
    patch(api, "hashlib", SimpleNamespace(sha256=planted))


def no_digest_check(patch: Patch) -> None:
    """A revision is taken as it comes."""
    patch(api, "read_json_body", lambda: api.read_body(api.MAX_BYTES))


def no_fsync(patch: Patch) -> None:
    """Writing is believed to be keeping."""
    patch(os, "fsync", lambda _descriptor: None)
    patch(engine, "journal_mode", lambda _version: ("TRUNCATE", "OFF"))


def revision_reuse(patch: Patch) -> None:
    """Other bytes under a used number take the place of the first."""
    accept = revisions.accept

    def planted(session, actor, judged, signer):
        incoming, held = judged.incoming, session.scalar(select_receipt(judged.incoming.visit_id, judged.incoming.number))
        if held is None or held.revision_sha256 == incoming.sha256:
            return accept(session, actor, judged, signer)
        this = (Revision.visit_id == incoming.visit_id) & (Revision.number == incoming.number)
        session.execute(update(Revision).where(this).values(body=incoming.body, sha256=incoming.sha256))
        content = {name: value for name, value in json.loads(held.body).items() if name != "signature"}
        return revisions.Answered(signer.seal({**content, "sha256": incoming.sha256}), new=True)
    patch(revisions, "accept", planted)


def photo_before_rename(patch: Patch) -> None:
    """The photo gets its name when the answer has left."""
    put = FolderStore.put
    patch(FolderStore, "put", lambda store, sha256, data, size=None: Timer(_LATE, put, (store, sha256, data, size)).start())


def an_hour_ago(patch: Patch) -> None:
    """A server whose clock was set back."""
    now = clock.now
    patch(clock, "now", lambda: now() - timedelta(hours=1))


def little_is_allowed(patch: Patch) -> None:
    """A server that takes one request every three seconds of each session in each worker, and answers 429 to the others."""
    patch(limits, "_LIMITS", {**limits._LIMITS, "api": parse("1/3second")})


#: No bugs: what may be the matter with a server.
MOODS: dict[str, Callable[[Patch], None]] = {mood.__name__: mood for mood in (an_hour_ago, little_is_allowed)}
PLANTS: dict[str, Callable[[Patch], None]] = {plant.__name__: plant for plant in (
    no_deduplication, answer_before_commit, no_hash_check, no_digest_check, no_fsync, revision_reuse, photo_before_rename)}
