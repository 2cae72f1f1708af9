"""The catalogue of problems: every refusal has a stable code, a status, a sentence and a remedy.

``raise Problem("visit.taken", name="Ben")`` anywhere; ``web/errors.py`` renders it once, as a page for
people and as ``application/problem+json`` for phones. Codes are promised to other programs: never rename one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from field.locale import DEFAULT, N_, Translator, translator


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a body or document: where (JSON Pointer), what (stable code), a sentence and what it names."""

    path: str
    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def said(self, t: Translator) -> str:
        return t(self.message, **self.values)

    def as_json(self) -> dict[str, str]:
        return {"path": self.path, "code": self.code, "message": self.said(translator(DEFAULT))}


@dataclass(frozen=True)
class Kind:
    """An entry of the catalogue. ``keeps``: what was written before the refusal is committed all the same."""

    status: int
    title: str
    detail: str
    retryable: bool = False
    keeps: bool = False


CATALOGUE: dict[str, Kind] = {
    "request.invalid": Kind(400, N_("The request cannot be read"), N_("Check the address and try again.")),
    "request.headers": Kind(400, N_("A header is missing"), N_("Send X-Device (a UUID) and X-App-Build (a number and a hash) with every request.")),
    "request.unsayable": Kind(422, N_("Something here cannot be kept"), N_("Take out what is no text, such as a control character, and try again.")),
    "request.host": Kind(400, N_("Unknown address"), N_("Open the address that your organisation gave you.")),
    "request.cross_site": Kind(403, N_("This request came from another site"), N_("Open the page itself and try again.")),
    "request.not_found": Kind(404, N_("Nothing here"), N_("The address may be mistyped, or what it showed is not yours to see.")),
    "request.method": Kind(405, N_("This cannot be done here"), N_("Go back and use the buttons of the page.")),
    "request.length_required": Kind(411, N_("The length is missing"), N_("Send Content-Length with the body.")),
    "request.too_large": Kind(413, N_("Too much at once"), N_("At most %(limit)s MB can be sent at once.")),
    "request.media": Kind(415, N_("This encoding is not understood"), N_("Send the body as it is, without Content-Encoding.")),
    "request.form": Kind(400, N_("The page was open too long"), N_("Go back, reload the page and send it again. What you typed is still there.")),
    "request.too_many": Kind(429, N_("Too many requests"), N_("Wait a moment, then try again."), retryable=True),
    "json.invalid": Kind(400, N_("The body is not acceptable JSON"), N_("Mend what the list of errors names and send it again."), keeps=True),
    "digest.required": Kind(400, N_("The body's digest is missing"), N_("Send Content-Digest: sha-256=:…: with the body.")),
    "digest.mismatch": Kind(422, N_("The body arrived damaged"), N_("Its bytes do not have the promised digest or length. Send it again.")),
    "session.required": Kind(401, N_("Sign in first"), N_("Sign in and go on. Everything stays saved on your phone.")),
    "session.refused": Kind(401, N_("That did not match"), N_("The address or the password is not right. Try again, or ask an administrator."), keeps=True),
    "session.throttled": Kind(429, N_("Too many tries"), N_("Wait %(minutes)s min, then try again, or ask an administrator for help."), retryable=True, keeps=True),
    "code.refused": Kind(401, N_("That code did not match"), N_("Wait for the next code, or use a recovery code. Each code works once."), keeps=True),
    "password.wrong": Kind(422, N_("That is not your password"), N_("Write the password that you sign in with now."), keeps=True),
    "passkey.refused": Kind(401, N_("The passkey did not match"), N_("Try it again, or sign in with your password."), keeps=True),
    "passkey.known": Kind(409, N_("This passkey is here already"), N_("Choose another one.")),
    "offer.expired": Kind(409, N_("This code was shown too long ago"), N_("Scan the new one.")),
    "factor.missing": Kind(409, N_("There is no second factor"), N_("Set one up first.")),
    "factor.required": Kind(409, N_("Your role needs a second factor"), N_("Set up another app instead; it takes the place of this one.")),
    "link.spent": Kind(410, N_("This link does not work any more"), N_("It works once and for a limited time. Ask an administrator for a new one.")),
    "access.denied": Kind(403, N_("This is not yours to do"), N_("Ask an administrator if you need it.")),
    "client.too_old": Kind(426, N_("This version of the app is too old"), N_("Update the app. Everything stays saved on your phone.")),
    "receipt.unknown": Kind(404, N_("Unknown receipt"), N_("Ask from the first receipt again.")),
    "photo.too_large": Kind(413, N_("The photo is too large"), N_("Take it again with the app, which makes it smaller: at most 20 MB and 64 megapixels.")),
    "photo.kind": Kind(415, N_("This is not a photo that can be used"), N_("Take the photo again: JPEG, PNG, WebP or HEIC, one picture, at least 64 px a side.")),
    "photo.unreadable": Kind(422, N_("The photo cannot be read"), N_("Its picture is damaged. Save it again, or take another one.")),
    "photos.too_many": Kind(409, N_("Too many photos"), N_("A visit holds 60 photos at most. Leave one out.")),
    "photos.missing": Kind(409, N_("Photos are missing"), N_("Send the photos that are named, then try again.")),
    "report.photos_missing": Kind(409, N_("Photos are missing"), N_("A visit is printed only with all its photos. These have not arrived or cannot be read. Try again later, or ask a reviewer.")),
    "draft.invalid": Kind(422, N_("The draft has mistakes"), N_("Mend what the list of errors names and send it again.")),
    "body.invalid": Kind(422, N_("The body has mistakes"), N_("Mend what the list of errors names and send it again.")),
    "revision.invalid": Kind(422, N_("The visit has mistakes"), N_("Mend what the list of errors names and finish the visit again."), keeps=True),
    "revision.unexpected": Kind(409, N_("This revision is not expected"), N_("Revision %(expected)s comes next, and only while the visit is returned."), keeps=True),
    "revision.differs": Kind(409, N_("Something else was sent under this number"), N_("The first one counts. Yours is kept for the reviewer."), keeps=True),
    "site.unknown": Kind(422, N_("Unknown site"), N_("Ask your manager which site this is."), keeps=True),
    "questionnaire.unknown": Kind(422, N_("Unknown questionnaire"), N_("Load the visit again; this version was never published."), keeps=True),
    "assignment.unknown": Kind(422, N_("This assignment is not yours"), N_("Open the visit from your own list."), keeps=True),
    "visit.owner_mismatch": Kind(403, N_("This visit belongs to somebody else"), N_("Sign in as the person who made the visit.")),
    "visit.state": Kind(409, N_("The visit is not in that state"), N_("It has moved on since. Load the page again.")),
    "visit.unknown": Kind(404, N_("Unknown visit"), N_("Check its id: flask --app app visit list shows them.")),
    "assignment.missing": Kind(404, N_("Unknown assignment"), N_("Check its id.")),
    "visit.own": Kind(403, N_("You made this visit yourself"), N_("Another reviewer has to decide about it.")),
    "visit.taken": Kind(409, N_("Another reviewer has this visit open"), N_("Take another one, or ask %(name)s.")),
    "visit.photos_unreadable": Kind(409, N_("A photo cannot be read"), N_("Return the visit for a retake, or say why the photo is not needed.")),
    "visit.reason_required": Kind(422, N_("A reason is missing"), N_("Write at least one reason, so that it can be put right.")),
    "filters.invalid": Kind(422, N_("These filters cannot be read"), N_("Mend what is named here, or open the page again without filters.")),
    "person.email_taken": Kind(409, N_("There is a person with this address"), N_("Open that person instead.")),
    "person.invalid": Kind(422, N_("The person has mistakes"), N_("Mend what the list of errors names.")),
    "person.unknown": Kind(404, N_("Unknown person"), N_("Check the address.")),
    "person.last_administrator": Kind(409, N_("Nobody could administer any more"), N_("Name another administrator first.")),
    "region.invalid": Kind(422, N_("The region has mistakes"), N_("Mend what the list of errors names.")),
    "region.unknown": Kind(404, N_("Unknown region"), N_("Check the code.")),
    "region.loop": Kind(409, N_("A region cannot stand below itself"), N_("Choose another parent.")),
    "region.taken": Kind(409, N_("There is a region with this code"), N_("Choose another code.")),
    "site.invalid": Kind(422, N_("The site has mistakes"), N_("Mend what the list of errors names.")),
    "site.taken": Kind(409, N_("There is a site with this code"), N_("Choose another code.")),
    "questionnaire.invalid": Kind(422, N_("The questionnaire has mistakes"), N_("Mend what the list of errors names and publish it again.")),
    "questionnaire.published": Kind(409, N_("This version is already published"), N_("A published version never changes. Give it the next version number.")),
    "reference_photo.unusable": Kind(422, N_("These photos cannot be used"), N_("Nothing was changed. Choose other files in place of those that are named.")),
    "reference_photo.unnamed": Kind(422, N_("A photo that no question names"), N_("Write its digest at its question, as reference_photo, and publish again; a version that is published already needs the next number. %(photos)s")),
    "import.encoding": Kind(422, N_("The file is not in this encoding"), N_("Nothing was taken in. Save it as UTF-8, or say which encoding it has.")),
    "import.invalid": Kind(422, N_("The file has mistakes"), N_("Nothing was taken in. Mend what the list of errors names and send it again.")),
    "import.too_large": Kind(422, N_("The file is too large"), N_("Nothing was taken in. Send at most %(limit)s at once.")),
    "assignment.state": Kind(409, N_("The assignment is not open"), N_("It was cancelled, or visited already.")),
    "backup.store_in_use": Kind(409, N_("There is data here already"), N_("Restore into an empty home and an empty database.")),
    "backup.damaged": Kind(422, N_("This is not a whole backup"), N_("A part is missing or damaged. Nothing was changed. Take another file.")),
    "backup.newer": Kind(422, N_("This backup is from a later release"), N_("Install that release, then restore.")),
    "export.damaged": Kind(422, N_("This file is not whole"), N_("Damaged or missing: %(what)s. Nothing was taken in. Save the file on the phone again.")),
    "export.person": Kind(422, N_("Nobody here made these visits"), N_("The file names no inspector of this store. Import it where that person works.")),
    "demo.real_store": Kind(409, N_("This store holds real visits"), N_("Make the demo in an empty store.")),
    "store.full": Kind(507, N_("The server is full"), N_("Nothing was lost. It is tried again by itself."), retryable=True),
    "store.busy": Kind(503, N_("The server is busy"), N_("Nothing was lost. Try again in a moment."), retryable=True),
    "server.broken": Kind(500, N_("Something broke here"), N_("Nothing was half-written. Try again; if it stays, tell your administrator the time."), retryable=True),
}


class Problem(Exception):
    """A refusal from the catalogue; ``extra`` members travel with it as JSON."""

    def __init__(self, code: str, *, extra: dict[str, Any] | None = None,
                 errors: list[Mistake] | None = None, retry_after: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.kind = CATALOGUE[code]
        self.values = values
        self.errors = errors or []
        self.extra = dict(extra or {})
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return self.kind.status

    @property
    def keeps(self) -> bool:
        return self.kind.keeps

    def title(self, t: Translator) -> str:
        return t(self.kind.title)

    def detail(self, t: Translator) -> str:
        return t(self.kind.detail, **self.values) if self.values else t(self.kind.detail)

    def as_json(self, t: Translator) -> dict[str, Any]:
        """The body of ``application/problem+json``: no time and no request id, so that refusals repeat."""
        body = {"type": "about:blank", "title": self.title(t), "status": self.status, "code": self.code,
                "detail": self.detail(t), "retryable": self.kind.retryable, **self.extra}
        if self.errors:
            body["errors"] = [mistake.as_json() for mistake in self.errors]
        return body
