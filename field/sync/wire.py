"""The bodies that phones send: their shapes. What they mean is checked by the questionnaire and by ``push``."""

from typing import Any

from field.errors import Mistake
from field.sync import shape as s
from field.sync.strict_json import MAX_BYTES

_POINT = {"lat": s.number(-90, 90), "lon": s.number(-180, 180), "accuracy_m": s.nullable(s.number(0, 1e9))}
_MOMENT = s.record({"at": s.time, "offset_min": s.integer(-1440, 1440)})
_QUESTIONNAIRE = s.record({"slug": s.text(64), "version": s.integer(1, 10**9), "sha256": s.sha256})
_TIMING = s.record({"question": s.text(64), "ms": s.integer(0, 10**12), "started_at": s.time})
_PHOTO = s.record(
    {"question": s.text(64), "position": s.integer(0, 1000), "sha256": s.sha256, "bytes": s.integer(0, 20_000_000),
     "width": s.integer(1, 100_000), "height": s.integer(1, 100_000), "source": s.one_of("camera", "gallery", "file")},
    {"taken_at": s.nullable(s.time), "location": s.nullable(s.record(_POINT)), "original_sha256": s.nullable(s.sha256),
     "caption": s.nullable(s.text(4000))},
)
_LOCATION = s.record({"event": s.one_of("check_in", "section", "photo", "check_out"), "at": s.time, **_POINT})
_CLOCK = s.record({"server_offset_ms": s.integer(-(2**53), 2**53), "measured_at": s.time})
_SCORE = s.record({"overall": s.nullable(s.text(20))}, {"outcome": s.nullable(s.text(8)), "sections": s.mapping, "dimensions": s.mapping})

_COMMON = {
    "schema": s.one_of(1), "visit": s.uuid, "site": s.text(64), "questionnaire": _QUESTIONNAIRE, "started": _MOMENT,
    "answers": s.mapping, "timings": s.array(_TIMING, 500), "photos": s.array(_PHOTO, 400), "locations": s.array(_LOCATION, 2000),
}
REVISION = s.record(
    {**_COMMON, "revision": s.integer(1, 10**6), "inspector": s.text(64), "device": s.uuid, "app_build": s.text(80), "finished": _MOMENT},
    {"base_receipt": s.nullable(s.uuid), "assignment": s.nullable(s.text(64)), "clock": s.nullable(_CLOCK), "client_score": s.nullable(_SCORE)},
)
_DRAFT_PHOTO = s.mapping
DRAFT = s.record({
    **_COMMON, "device": s.uuid, "rev": s.integer(0, 2**53 - 1), "timings": s.array(s.mapping, 500),
    "photos": s.array(_DRAFT_PHOTO, 400), "locations": s.array(s.mapping, 2000),
})
HASHES = s.record({"hashes": s.array(s.sha256, 200)})
#: Texts of any length: a malformed id is an unknown one.
RECEIPTS = s.record({"receipts": s.array(s.text(MAX_BYTES), 200)})


def mistakes(check: s.Checker, body: Any) -> list[Mistake]:
    """Everything wrong with the shape of a body."""
    return list(check(body, ""))
