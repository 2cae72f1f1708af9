"""Photos of visits: a derivative for whoever sees the visit, the original for those who review, each reading audited."""

from flask import Blueprint, Response, current_app, g, request

from field.access import READING, REVIEWING
from field.models import Photo
from field.models.photo import select_photos, select_seen_photo
from field.operations.originals import read_original
from field.photos.derive import SIZES
from field.photos.names import NotStored
from field.web.photo_files import ALONE, derivative_of, jpeg
from field.web.policy import allow, or_404

blueprint = Blueprint("photos", __name__)
_CHUNK = 64 * 1024
_ENDINGS = {"jpeg": "jpg"}


@blueprint.get("/visits/<id:visit>/photos/<sha256:sha256>")
@allow(*READING)
def show(visit: str, sha256: str) -> Response:
    """A re-encoded copy without metadata, 400 or 1600 px on its long side; 404 for one that cannot be read."""
    photo = or_404(g.session.scalar(g.scope.visits(select_seen_photo(visit, sha256))))
    size = request.args.get("size", type=int)
    name = _name(photo)
    g.session.rest()
    data = or_404(derivative_of(sha256, size if size in SIZES else min(SIZES)))
    return jpeg(data, name=name, tag=f"{sha256}-{size}")


@blueprint.get("/visits/<id:visit>/photos/<sha256:sha256>/original")
@allow(*REVIEWING)
def original(visit: str, sha256: str) -> Response:
    """The bytes as the phone sent them, to keep and never to show: evidence."""
    session = g.session.writing()
    photo = or_404(session.scalar(g.scope.reviewing(g.scope.visits(select_seen_photo(visit, sha256)))))
    try:
        source = current_app.extensions["photo_store"].open(sha256)
    except NotStored:
        return or_404(None)
    read_original(session, g.actor, photo)
    response = Response(iter(lambda: source.read(_CHUNK), b""), mimetype=f"image/{photo.kind}")
    response.call_on_close(source.close)
    response.headers["Content-Length"] = str(photo.bytes)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(photo)}-original.{_ENDINGS.get(photo.kind, photo.kind)}"'
    response.headers["Content-Security-Policy"] = ALONE
    return response


def _name(photo: Photo) -> str:
    """A name that says nothing about shop or person: the visit's first letters and the photo's number there."""
    digests = [each.sha256 for each in g.session.scalars(select_photos(photo.visit_id))]
    return f"visit-{photo.visit_id[:8]}-{digests.index(photo.sha256) + 1}"
