"""The sync API: ``protocol.md`` as routes. Each view checks in the protocol's order and leaves the rest to ``sync``."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, request
from werkzeug.routing import BaseConverter

from field import faults
from field.access import Role
from field.errors import Problem
from field.models.questionnaire import select_version
from field.models.reference_photo import select_reference_image
from field.models.revision import Revision, select_receipt
from field.operations.devices import end_session
from field.photos.inspect import MAX_BYTES as PHOTO_BYTES
from field.photos.inspect import look
from field.sync import owners, pull, push, revisions, shape, wire
from field.sync.strict_json import MAX_BYTES, parse
from field.web import limits
from field.web.api_guard import check_headers, read_body, read_json_body
from field.web.auth import clear_cookie
from field.web.photo_files import derivative_of
from field.web.policy import allow, or_404, public

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
inspector = allow(Role.INSPECTOR)


class UuidText(BaseConverter):
    """A UUID in canonical lower case; anything else is 404."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Sha256Text(BaseConverter):
    regex = "[0-9a-f]{64}"


class Ordinal(BaseConverter):
    """A number from 1 without leading zeros."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)


CONVERTERS = {"id": UuidText, "sha256": Sha256Text, "ordinal": Ordinal}


@blueprint.before_request
def _check() -> None:
    check_headers(any_build=request.endpoint == "api.bootstrap")
    limits.check("api", g.actor.session_id if g.actor else request.remote_addr)


def answer(body: Any, status: int = 200) -> Response:
    """JSON from a value or from stored bytes."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(data, status, mimetype="application/json")


def json_body(check: shape.Checker) -> Any:
    """The body of a POST: strict JSON of the right shape."""
    body = parse(read_body(MAX_BYTES))
    mistakes = wire.mistakes(check, body)
    if mistakes:
        raise Problem("body.invalid", errors=mistakes)
    return body


@blueprint.get("/bootstrap")
@inspector
def bootstrap() -> Response:
    response = answer(pull.bootstrap(g.session, g.actor))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)


@blueprint.get("/questionnaires/<slug>/<ordinal:version>")
@inspector
def questionnaire(slug: str, version: int) -> Response:
    return answer(or_404(g.session.scalar(select_version(slug, version))).body)


@blueprint.get("/questionnaires/<slug>/<ordinal:version>/photos/<sha256:sha256>")
@inspector
def get_reference_photo(slug: str, version: int, sha256: str) -> Response:
    return Response(or_404(g.session.scalar(select_reference_image(slug, version, sha256))), mimetype="image/jpeg")


@blueprint.put("/visits/<id:visit>/draft")
@inspector
def put_draft(visit: str) -> Response:
    body = read_json_body()
    return answer({"rev": push.take_draft(g.session.writing(), g.actor, visit, body)})


@blueprint.get("/visits/<id:visit>/draft")
@inspector
def get_draft(visit: str) -> Response:
    or_404(owners.to_read(g.session, g.actor, visit))
    drafts = push.drafts_of(g.session, visit) or abort(404)
    return answer({"drafts": [
        {"device": d.device, "rev": d.rev, "saved_at": pull.stamp(d.saved_at), "snapshot": json.loads(d.body)} for d in drafts
    ]})


@blueprint.post("/visits/<id:visit>/photos:missing")
@inspector
def photos_missing(visit: str) -> Response:
    wanted = json_body(wire.HASHES)["hashes"]
    mine = owners.to_read(g.session, g.actor, visit)
    return answer({"missing": push.missing_photos(g.session, visit, wanted) if mine else list(dict.fromkeys(wanted))})


@blueprint.put("/visits/<id:visit>/photos/<sha256:sha256>")
@inspector
def put_photo(visit: str, sha256: str) -> Response:
    """Length and digest, header, owner, repetition; the bytes are durable before the write lock is taken."""
    data = read_body(PHOTO_BYTES, too_large="photo.too_large")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Problem("digest.mismatch")
    header = look(data)
    if push.photo_is_kept(g.session, g.actor, visit, sha256):
        return answer({"sha256": sha256, "bytes": len(data)})
    g.session.rest()
    faults.at("photo", "read")
    current_app.extensions["photo_store"].put(sha256, data)
    faults.at("photo", "stored")
    kept = push.keep_photo(g.session.writing(), g.actor, visit, sha256, header, len(data))
    faults.at("photo", "kept")
    return answer({"sha256": sha256, "bytes": kept.bytes}, 201 if kept.new else 200)


@blueprint.get("/visits/<id:visit>/photos/<sha256:sha256>")
@inspector
def get_photo(visit: str, sha256: str) -> Response:
    mine = owners.to_read(g.session, g.actor, visit)
    if not mine or push.missing_photos(g.session, visit, [sha256]):
        abort(404)
    return Response(or_404(derivative_of(sha256, 400)), mimetype="image/jpeg")


@blueprint.put("/visits/<id:visit>/revisions/<ordinal:number>")
@inspector
def put_revision(visit: str, number: int) -> Response:
    incoming = revisions.Incoming(visit, number, read_json_body())
    faults.at("revision", "read")
    judged = revisions.judge(g.session, g.actor, incoming, rest=g.session.rest)
    faults.at("revision", "judged")
    answered = revisions.accept(g.session.writing(), g.actor, judged, current_app.extensions["signer"])
    return answer(answered.receipt, 201 if answered.new else 200)


@blueprint.get("/visits/<id:visit>/revisions/<ordinal:number>")
@inspector
def get_revision(visit: str, number: int) -> Response:
    or_404(owners.to_read(g.session, g.actor, visit))
    return answer(or_404(g.session.get(Revision, (visit, number))).body)


@blueprint.get("/visits/<id:visit>/revisions/<ordinal:number>/receipt")
@inspector
def get_receipt(visit: str, number: int) -> Response:
    or_404(owners.to_read(g.session, g.actor, visit))
    return answer(or_404(g.session.scalar(select_receipt(visit, number))).body)


@blueprint.get("/receipts")
@inspector
def receipts() -> Response:
    found, following = pull.receipts_after(g.session, g.actor, request.args.get("after"))
    return answer(b'{"receipts":[' + b",".join(found) + b'],"next":' + json.dumps(following).encode() + b"}")


@blueprint.post("/receipts:known")
@inspector
def receipts_known() -> Response:
    return answer({"unknown": pull.unknown_receipts(g.session, g.actor, json_body(wire.RECEIPTS)["receipts"])})


@blueprint.get("/receipt-keys")
@public
def receipt_keys() -> Response:
    return answer({"keys": current_app.extensions["signer"].public_keys()})


@blueprint.delete("/session")
@allow(*Role)
def delete_session() -> Response:
    """Signs this phone out; what it holds stays on it."""
    end_session(g.session.writing(), g.actor)
    response = answer({"signed_out": True})
    clear_cookie(response)
    return response
