"""Derivatives in the store: made once by a job, or by the page that needs one before the job has run."""

from field.photos.decoder import Decoder
from field.photos.derive import SIZES
from field.photos.names import NotStored
from field.photos.store import PhotoStore


def make_derivatives(store: PhotoStore, sha256: str, decoder: Decoder) -> None:
    """Stores every derivative of a stored photo, unless all are there; raises Unreadable, NotStored."""
    if all(store.exists(sha256, size) for size in SIZES):
        return
    for size, derived in zip(SIZES, decoder.derive(store.get(sha256), SIZES), strict=True):
        store.put(sha256, derived.data, size)


def ensure_derivative(store: PhotoStore, sha256: str, size: int, decoder: Decoder) -> bytes:
    """The JPEG of one of ``SIZES``, made now if the job has not come to it; raises Unreadable, NotStored."""
    try:
        return store.get(sha256, size)
    except NotStored:
        make_derivatives(store, sha256, decoder)
        return store.get(sha256, size)
