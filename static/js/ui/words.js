import { decimal } from "../lib/format.js";
import { _, gap } from "../lib/i18n.js";
import { sayPause } from "./today-cards.js";

/** What happened to a photo; `n` is its number in the visit, or null where nobody knows which it is. */
const PHOTO = {
  "photo.kind": (n) => (n ? _("photo {n} cannot be read.", { n }) : _("a photo cannot be read.")),
  "photo.too_large": (n) => (n ? _("photo {n} is too large.", { n }) : _("a photo is too large.")),
  "photo.lost": (n) => (n ? _("photo {n} is no longer on this phone.", { n }) : _("a photo is no longer on this phone.")),
  "photo.damaged": (n) => (n ? _("photo {n} was damaged on this phone.", { n }) : _("a photo was damaged on this phone.")),
  "photos.missing": () => _("a photo does not arrive."),
  "digest.mismatch": (n) => (n ? _("photo {n} does not arrive whole.", { n }) : _("it does not arrive whole.")),
};

const INCOMPLETE = () => [_("some answers do not fit the questionnaire."), _("Open the visit and look at what is missing.")];

/** What happened to a visit, and what to do. */
const VISIT = {
  "visit.incomplete": INCOMPLETE,
  "visit.unknown": () => [_("there is no such visit any more."), _("Ask your manager.")],
  "client.too_old": () => [_("this version is too old."), sayPause("client.too_old")],
  "revision.too_large": () => [_("the texts together are too long."), _("Shorten some.")],
  "photos.too_many": () => [_("there are more than 60 photos."), _("Take some out.")],
  "revision.invalid": INCOMPLETE,
  "revision.differs": () => [_("it was also sent from another phone."), _("Ask your manager which one counts.")],
  "revision.damaged": () => [_("what was to be sent is damaged."), _("Open the visit and finish it again.")],
  "revision.unexpected": () => [_("it has already been sent."), _("Ask your manager to return it, if it must change.")],
  "visit.owner_mismatch": () => [_("the visit belongs to somebody else."), _("Ask your manager.")],
  "receipt.mismatch": () => [_("the receipt does not match what was sent."), _("Ask your manager.")],
  "receipt.signature": () => [_("the receipt cannot be trusted."), _("Ask your manager.")],
};
const REFUSED = () => [_("it was not accepted."), _("Ask your manager.")];

const CHANGED = () => _("the visit was changed in another tab. Load the page again.");

const REFUSALS = {
  "storage.full": () => _("this phone is full. What was saved before stays. Free 40 MB, then tap again."),
  "storage.lost": () => _("the phone closed its storage. What was saved before stays. Load the page again."),
  "storage.blocked": () => _("Fieldscore is open in another tab. Close it, then tap again."),
  "storage.unusable": () => _("this browser keeps nothing. Leave private browsing."),
  "visit.finished": () => _("the visit is finished."),
  "visit.exists": () => _("this phone has begun it too, and keeps its own. Go on with that."),
  "visit.changed": CHANGED,
  "note.unknown": CHANGED,
  "photo.unknown": CHANGED,
  "stopwatch.stopped": CHANGED,
  "visit.uncertain": () => _("it may have arrived already. Connect once, so that this can be asked."),
  "photo.too_large": () => _("the photo is too large. Take it again."),
  "photo.kind": () => _("this file is not a photo that can be read."),
  "photo.empty": () => _("the photo is empty. Take it again."),
  "photo.gone": () => _("the photo went away before it was saved. Take it again."),
  "photo.too_many": () => _("there is no room for another photo here."),
  "questionnaire.absent": () => _("the questionnaire is not on this phone yet. Connect once, then try again."),
  "questionnaire.damaged": () => _("the questionnaire arrived damaged. Connect once, then try again."),
  "session.required": () => _("you are signed out. Everything stays saved here. Sign in, then try again."),
  "account.refused": sayPause,
  "person.other": sayPause,
  network: () => _("there is no network."),
};

const OUTCOMES = { pass: () => _("Passed."), fail: () => _("Not passed."), none: () => "" };

/** "Score 84.6. Passed.", or "" where nothing was scored. @param {{overall: string|null, outcome: string}} score */
export const sayScore = ({ overall, outcome }) =>
  (overall === null ? "" : `${_("Score {score}.", { score: decimal(overall) })}${gap()}${OUTCOMES[outcome]()}`.trim());

/**
 * What needs attention, what is safe, what to do.
 * @param {string} code @param {number|null} [photo] the number of the photo that it is about
 */
export const sayAttention = (code, photo = null) => {
  const [what, remedy] = PHOTO[code]
    ? [PHOTO[code](photo), _("Take it again, or take it out.")]
    : (VISIT[code] ?? REFUSED)();
  return [what, _("Everything stays saved here."), remedy].join(gap());
};

/** Why something was not saved or done, what is safe, what to do. @param {{code?: string|number}} error */
export const sayRefusal = ({ code }) => {
  if (REFUSALS[code]) return REFUSALS[code](code);
  if (typeof code === "string") return sayAttention(code);
  return _("something went wrong. What was saved before stays. Load the page again.");
};
