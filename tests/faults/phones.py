"""Phones as ``protocol.md`` describes them: photos first, the revision last, nothing forgotten without a receipt."""

import base64
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from tests.faults.receipts import content_of, promises

#: How much faster time goes here than on a phone: its waits of 2 s to 300 s become 10 ms to 1.5 s.
_FIRST_WAIT, _LONGEST_WAIT, _RETRY_AFTER = 0.01, 1.5, 0.02


@dataclass(frozen=True)
class Answer:
    """An answer of our server; what is not one is None in its place."""

    status: int
    body: bytes
    retry_after: float = 0.0

    @property
    def json(self) -> Any:
        return json.loads(self.body)


#: Sends one request: method, path below ``/api/v1``, headers, body.
Ask = Callable[[str, str, Mapping[str, str], bytes], Answer | None]


@dataclass
class Visit:
    """A finished visit with its frozen bytes; ``photos`` by digest, also those that were taken and left out."""

    id: str
    body: bytes
    photos: dict[str, bytes]
    number: int = 1
    stored: set[str] = field(default_factory=set)
    receipt: bytes | None = None
    uncertain: bool = False
    conflict: bool = False
    tries: int = 0

    @property
    def named(self) -> list[str]:
        """The photos that the frozen bytes name."""
        return [photo["sha256"] for photo in json.loads(self.body)["photos"]]


@dataclass
class Ledger:
    """What phones did and were told: all that the checker believes."""

    visits: list[Visit] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    photos: dict[tuple[str, str], bytes] = field(default_factory=dict)
    recovered: int = 0
    broken_promises: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)


class Phone:
    """One phone of one person. ``ask`` carries a request; ``keys`` are the server's public keys by name."""

    def __init__(self, ask: Ask, keys: Mapping[str, bytes], template: Mapping[str, Any], ledger: Ledger, random: Random,
                 pause: Callable[[float], None] = time.sleep) -> None:
        self._ask, self._keys, self._template, self.ledger, self._random, self._pause = ask, keys, template, ledger, random, pause
        self._wanted = 0.0

    # Making visits

    def finish(self, photos: list[tuple[bytes, dict]], *, visit: str | None = None, number: int = 1, **changes: Any) -> Visit:
        """A visit frozen into the bytes that will be sent."""
        whole = {**self._template, "visit": visit or str(uuid4()), "revision": number, "photos": [entry for _, entry in photos], **changes}
        body = json.dumps(whole, ensure_ascii=False).encode()
        made = Visit(whole["visit"], body, {hashlib.sha256(data).hexdigest(): data for data, _ in photos}, number)
        self.ledger.visits.append(made)
        return made

    # Sending them

    def deliver(self, visit: Visit, most: int = 1000, going: Callable[[], bool] = lambda: True) -> bool:
        """Sends until there is a receipt, or ``most`` rounds are over, or nobody wants to go on; whether there is one."""
        for failures in range(most):
            if self.step(visit) or visit.conflict:
                return not visit.conflict
            if not going():
                return False
            self._wait(failures)
        self.ledger.stuck.append(visit.id)
        return False

    def step(self, visit: Visit) -> bool:
        """One pass over a visit: what is open of its photos, then its revision. Whether it is sent."""
        self._wanted = 0.0
        if visit.receipt is None:
            stored = [self.send_photo(visit, sha256) for sha256 in self._open(visit)]
            if all(stored):
                self.send_revision(visit)
        return visit.receipt is not None

    def _open(self, visit: Visit) -> list[str]:
        """The photos that are not stored; after a lost answer the server is asked once for all."""
        left = [sha256 for sha256 in visit.photos if sha256 not in visit.stored]
        if len(left) > 1 and visit.tries:
            answer = self._request("POST", f"/visits/{visit.id}/photos:missing", json.dumps({"hashes": left}).encode())
            if answer and answer.status == 200 and isinstance(answer.json.get("missing"), list):
                left = [sha256 for sha256 in left if sha256 in answer.json["missing"]]
        return left

    def send_photo(self, visit: Visit, sha256: str) -> bool:
        """Whether the server says that it is stored."""
        visit.tries += 1
        answer = self._request("PUT", f"/visits/{visit.id}/photos/{sha256}", visit.photos[sha256])
        if answer is None or answer.status not in (200, 201) or answer.json.get("sha256") != sha256:
            return False
        visit.stored.add(sha256)
        self.ledger.photos[visit.id, sha256] = visit.photos[sha256]
        return True

    def send_revision(self, visit: Visit) -> None:
        visit.tries += 1
        answer = self._request("PUT", f"/visits/{visit.id}/revisions/{visit.number}", visit.body, digest=True)
        if answer is None:
            visit.uncertain = True
        elif answer.status in (200, 201):
            self._keep(visit, answer)
        elif answer.status == 409:
            self._heal(visit, answer)

    def _keep(self, visit: Visit, answer: Answer) -> None:
        """Only a receipt that names our own hashes and is signed counts."""
        if promises(content_of(answer.body, self._keys), visit.id, visit.number, visit.body, visit.named):
            self.ledger.recovered += visit.uncertain and answer.status == 200
            visit.receipt = answer.body
        else:
            visit.uncertain = True

    def _heal(self, visit: Visit, answer: Answer) -> None:
        missing = [sha256 for sha256 in answer.json.get("missing", []) if sha256 in visit.photos]
        self.ledger.broken_promises += [f"{visit.id}: {sha256}" for sha256 in missing if (visit.id, sha256) in self.ledger.photos]
        visit.stored -= set(missing)
        visit.conflict = answer.json.get("code") == "revision.differs"

    def forgotten(self, receipts: list[str]) -> list[str]:
        """Which of these receipts the server does not know: all of them until it has answered."""
        answer = self._request("POST", "/receipts:known", json.dumps({"receipts": receipts}).encode())
        return answer.json["unknown"] if answer and answer.status == 200 else receipts

    def recalls(self, visit: Visit) -> bool:
        """Whether a phone that has nothing gets back the bytes that were acknowledged."""
        answer = self._request("GET", f"/visits/{visit.id}/revisions/{visit.number}")
        if answer and answer.status == 404:
            self.ledger.broken_promises.append(f"{visit.id}: nobody knows what was acknowledged")
        return answer is not None and answer.body == visit.body

    # Asking

    def _request(self, method: str, path: str, body: bytes = b"", *, digest: bool = False) -> Answer | None:
        headers = {"X-Device": self._template["device"], "X-App-Build": self._template["app_build"], "X-Requested-With": "fieldscore"}
        if digest:
            headers["Content-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        answer = self._ask(method, path, headers, body)
        self.ledger.requests["sent"] += 1
        self.ledger.requests["unanswered" if answer is None else str(answer.status)] += 1
        self._wanted = max(self._wanted, answer.retry_after * _RETRY_AFTER if answer else 0)
        return answer if answer and _is_object(answer.body) else None

    def _wait(self, failures: int) -> None:
        """Full jitter, or longer where the server says so."""
        self._pause(max(self._wanted, self._random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(failures, 10)))))


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False
