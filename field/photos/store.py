"""Where photos' bytes are kept, by digest: one small interface, whatever stands behind it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from field.photos.folder import FolderStore
from field.photos.names import NotStored

__all__ = ["NotStored", "PhotoStore", "open_store"]


class PhotoStore(Protocol):
    """Keeps bytes by the photo's SHA-256. ``size`` None is the original, a number a derivative's side.

    ``put`` returns when the bytes are durable; repeating it is safe, and a crash leaves the old bytes, the
    new ones or none, never a part. It checks no digest: who calls it has computed it.
    """

    def put(self, sha256: str, data: bytes, size: int | None = None) -> None:
        """Keeps the bytes durably; Problem ``store.full`` when there is no room."""

    def get(self, sha256: str, size: int | None = None) -> bytes:
        """All the bytes; NotStored."""

    def open(self, sha256: str, size: int | None = None) -> BinaryIO:
        """The bytes as a readable file, for streaming; NotStored."""

    def exists(self, sha256: str, size: int | None = None) -> bool:
        """Whether there is something; that a photo was *received* only its committed row says."""

    def delete(self, sha256: str) -> None:
        """Removes the photo with all its derivatives; nothing there is fine."""

    def names(self, within: str = "", before: datetime | None = None) -> Iterator[str]:
        """The digests of all originals, in order, for whoever compares them with the rows.

        Of the shard ``within`` alone ("ab"), and written before that moment, when asked so.
        """

    def set_aside(self, sha256: str) -> None:
        """Moves an original out of the way, where nobody reads it; nothing there is fine. A crash loses no bytes."""

    def put_back(self, sha256: str) -> None:
        """Makes what was set aside an original again; nothing there is fine."""

    def aside(self, before: datetime | None = None) -> Iterator[str]:
        """The digests of what was set aside, before that moment when asked so."""

    def discard(self, sha256: str) -> None:
        """Removes what was set aside; an original of the same name stays."""

    def sweep(self, before: datetime) -> int:
        """Removes what writes left unfinished before that moment; says how many."""


def open_store(url: str) -> PhotoStore:
    """The store of the setting ``PHOTO_STORE``: ``file:/path`` or ``s3://…``. ValueError says what is wrong with it."""
    scheme, _, place = url.partition(":")
    if scheme == "s3":
        from field.photos.bucket import open_bucket
        return open_bucket(url)
    if scheme != "file" or not place:
        raise ValueError("must be file:/absolute/folder or s3://bucket/prefix?endpoint=….")
    try:
        return FolderStore(Path(place.removeprefix("//")))
    except OSError as failure:
        raise ValueError(f"must be a folder that can be written ({failure.strerror}).") from None
