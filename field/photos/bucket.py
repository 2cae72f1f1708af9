"""The photo store in an S3 bucket: one PUT with the digest that the other side checks, then the row (`protocol.md` §10)."""

import base64
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from field.errors import Problem
from field.photos.derive import SIZES
from field.photos.names import ASIDE, ORIGINAL, NotStored, shard

_LOG = logging.getLogger("field.photos")
_NO_ROOM = {"QuotaExceeded", "InsufficientStorage", "507"}
_ABSENT = {"NoSuchKey", "404"}
#: One request may take so long; a phone waits 30 s and more for its photo's answer.
_TIMES = {"connect_timeout": 5, "read_timeout": 20, "retries": {"total_max_attempts": 2, "mode": "standard"}}
#: The body is signed with its SHA-256 whatever the transport: servers that know no checksums of their own check it too.
_SIGNED = {"addressing_style": "path", "payload_signing_enabled": True}


class BucketStore:
    """Photos as ``<prefix>original/ab/abcd…`` and ``<prefix>400/ab/abcd…``. A PUT is whole or nothing.

    Credentials come from the environment, as boto3 finds them; they need to get, put, delete and list.
    A bucket that is slow, away or refuses us is Problem ``store.busy``: the phone keeps the photo and tries again.
    """

    def __init__(self, bucket: str, prefix: str, *, endpoint: str | None, region: str) -> None:
        self._bucket, self._prefix = bucket, prefix
        options = Config(signature_version="s3v4", s3=_SIGNED, max_pool_connections=32, **_TIMES)
        self._s3 = boto3.client("s3", endpoint_url=endpoint, region_name=region, config=options)

    def put(self, sha256: str, data: bytes, size: int | None = None) -> None:
        digest = bytes.fromhex(sha256) if size is None else hashlib.sha256(data).digest()
        with _problems(sha256):
            self._s3.put_object(**self._at(sha256, size), Body=data, ChecksumSHA256=base64.b64encode(digest).decode())

    def get(self, sha256: str, size: int | None = None) -> bytes:
        with _problems(sha256), self._s3.get_object(**self._at(sha256, size))["Body"] as body:
            return body.read()

    def open(self, sha256: str, size: int | None = None) -> BinaryIO:
        return BytesIO(self.get(sha256, size))

    def exists(self, sha256: str, size: int | None = None) -> bool:
        try:
            with _problems(sha256):
                self._s3.head_object(**self._at(sha256, size))
        except NotStored:
            return False
        return True

    def delete(self, sha256: str) -> None:
        for size in (*SIZES, ASIDE, None):
            self._remove(sha256, size)

    def names(self, within: str = "", before: datetime | None = None) -> Iterator[str]:
        return self._list(f"{ORIGINAL}/{within}", before)

    def set_aside(self, sha256: str) -> None:
        self._move(sha256, None, ASIDE)

    def put_back(self, sha256: str) -> None:
        self._move(sha256, ASIDE, None)

    def aside(self, before: datetime | None = None) -> Iterator[str]:
        return self._list(f"{ASIDE}/", before)

    def discard(self, sha256: str) -> None:
        self._remove(sha256, ASIDE)

    def sweep(self, before: datetime) -> int:
        """A bucket keeps nothing of a PUT that broke off."""
        return 0

    def _list(self, place: str, before: datetime | None) -> Iterator[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{place}")
        with _problems(""):
            for page in pages:
                yield from (each["Key"].rpartition("/")[2] for each in page.get("Contents", ())
                            if before is None or each["LastModified"] < before)

    def _move(self, sha256: str, source: str | None, target: str | None) -> None:
        """A copy with today's time, then the old one is removed: between the two there are two."""
        with suppress(NotStored), _problems(sha256):
            self._s3.copy_object(**self._at(sha256, target), CopySource=self._at(sha256, source))
            self._s3.delete_object(**self._at(sha256, source))

    def _remove(self, sha256: str, size: int | str | None) -> None:
        with _problems(sha256):
            self._s3.delete_object(**self._at(sha256, size))

    def _at(self, sha256: str, size: int | str | None) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{shard(sha256, size)}/{sha256}"}


def open_bucket(url: str) -> BucketStore:
    """The store of ``s3://bucket/prefix?endpoint=https://host&region=name``; ValueError says what is wrong with it."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    endpoint, region = options.pop("endpoint", None), options.pop("region", "us-east-1")
    if not parts.netloc or options or parts.fragment:
        raise ValueError("must be s3://bucket/prefix?endpoint=https://host&region=name.")
    if endpoint and (urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname):
        raise ValueError("names an endpoint that is no address such as https://s3.example.org.")
    if boto3.Session().get_credentials() is None:
        raise ValueError("needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    prefix = parts.path.strip("/")
    return BucketStore(parts.netloc, f"{prefix}/" if prefix else "", endpoint=endpoint, region=region)


@contextmanager
def _problems(sha256: str) -> Iterator[None]:
    try:
        yield
    except ClientError as refusal:
        code = _code(refusal.response)
        if code in _ABSENT:
            raise NotStored(sha256) from None
        _LOG.warning("bucket refused", extra={"code": code})
        raise Problem("store.full" if code in _NO_ROOM else "store.busy") from refusal
    except BotoCoreError as failure:
        _LOG.warning("bucket unavailable", extra={"code": type(failure).__name__})
        raise Problem("store.busy") from failure


def _code(response: dict[str, Any]) -> str:
    return str(response.get("Error", {}).get("Code") or response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
