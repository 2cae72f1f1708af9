"""One demo visit as a phone would have sent it: the revision's frozen bytes and its photos."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from field.operations.demo_answers import Answers, Filled, Shot, fill_in
from field.operations.demo_plan import Trip
from field.operations.demo_truth import Shop, leniency, luck
from field.photos.draw import draw
from field.questionnaire import Definition, score

_BUILD = "1-demo"
_SIZE = {"width": 1280, "height": 960}


@dataclass(frozen=True)
class Sent:
    """What leaves the phone: photos by digest, then the revision. ``good_shots`` show a standard that was kept."""

    body: bytes
    photos: Mapping[str, bytes]
    good_shots: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The ids that a revision names."""

    visit: str
    assignment: str | None
    person: str
    sha256: str


def device_of(email: str) -> str:
    """The demo phone of an inspector: by these devices the demo knows its own visits."""
    return str(uuid5(NAMESPACE_URL, f"https://example.org/demo/{email}"))


def finish(trip: Trip, definition: Definition, seed: int) -> datetime:
    """When the inspector was done, by the phone's clock."""
    length = definition.minutes * Random(f"{seed} length {trip.number}").uniform(0.75, 1.3)
    return trip.start + timedelta(seconds=round(length * 60))


def send(trip: Trip, definition: Definition, names: Names, shop: Shop, *, seed: int, now: datetime) -> Sent:
    """The visit that this trip became."""
    rng = Random(f"{seed} visit {trip.number}")
    eye = leniency(trip.inspector.email, seed) + luck(rng)
    levels = {dimension: level + eye for dimension, level in shop.on(trip.start, now).items()}
    filled = fill_in(definition, rng, levels, shop.habits)
    finished = finish(trip, definition, seed)
    photos = [draw(shot.scene, seed * 100_000 + trip.number * 100 + place, tidy=shot.tidy)
              for place, shot in enumerate(filled.shots)]
    told = _Telling(rng, trip, finished)
    body = {
        "schema": 1, "visit": names.visit, "revision": 1, "base_receipt": None, "assignment": names.assignment,
        "site": trip.place.site.code, "inspector": names.person, "device": device_of(trip.inspector.email),
        "app_build": _BUILD,
        "questionnaire": {"slug": definition.slug, "version": definition.version, "sha256": names.sha256},
        "started": told.moment(trip.start), "finished": told.moment(finished),
        "answers": told.answers(definition, filled.answers), "timings": told.timings(definition, filled.answers),
        "photos": [told.photo(shot, data) for shot, data in zip(filled.shots, photos, strict=True)],
        "locations": told.locations(), "clock": None,
        "client_score": {"overall": score(definition, filled.answers).shown["overall"]},
    }
    return Sent(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
                {_digest(data): data for data in photos}, _good(filled, photos))


def _good(filled: Filled, photos: list[bytes]) -> tuple[str, ...]:
    """The photos that show a standard kept, where the answer says so."""
    return tuple(_digest(data) for shot, data in zip(filled.shots, photos, strict=True)
                 if shot.tidy and filled.answers.get(shot.question, {}).get("value") is True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Telling:
    """Times and places within one visit."""

    def __init__(self, rng: Random, trip: Trip, finished: datetime) -> None:
        self._rng, self._trip, self._finished = rng, trip, finished

    def moment(self, at: datetime) -> dict[str, Any]:
        offset = at.astimezone(self._trip.place.zone).utcoffset()
        return {"at": _text(at), "offset_min": offset // timedelta(minutes=1)}

    def answers(self, definition: Definition, answers: Answers) -> Answers:
        """The answers with the time of each, in the questionnaire's order."""
        keys = [key for key in definition.questions if key in answers]
        return {key: {**answers[key], "at": _text(self._during((place + 1) / (len(keys) + 1)))}
                for place, key in enumerate(keys)}

    def timings(self, definition: Definition, answers: Answers) -> list[dict[str, Any]]:
        """What the stopwatch took."""
        watched = [key for key, question in definition.questions.items()
                   if question.kind == "duration" and "value" in answers.get(key, {})]
        return [{"question": key, "ms": answers[key]["value"], "started_at": _text(self._during(0.01 + 0.7 * place))}
                for place, key in enumerate(watched)]

    def photo(self, shot: Shot, data: bytes) -> dict[str, Any]:
        return {"question": shot.question, "position": shot.position, "sha256": _digest(data), "bytes": len(data),
                **_SIZE, "source": "camera", "taken_at": _text(self._during(self._rng.uniform(0.05, 0.9))),
                "location": None, "original_sha256": None, "caption": None}

    def locations(self) -> list[dict[str, Any]]:
        return [{"event": "check_in", "at": _text(self._trip.start), **self._near()},
                {"event": "check_out", "at": _text(self._finished), **self._near()}]

    def _near(self) -> dict[str, float]:
        site = self._trip.place.site
        return {"lat": round(site.lat + self._rng.gauss(0, 0.00015), 6),
                "lon": round(site.lon + self._rng.gauss(0, 0.0002), 6), "accuracy_m": self._rng.randint(6, 38)}

    def _during(self, share: float) -> datetime:
        return self._trip.start + (self._finished - self._trip.start) * share


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
