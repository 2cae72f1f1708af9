import { decimal } from "../lib/format.js";
import { _ } from "../lib/i18n.js";

const ATTENTION = {
  "photo.kind": () => _("a photo cannot be read. Take it again, or take it out."),
  "photo.too_large": () => _("a photo is too large. Take it again, or take it out."),
  "photos.too_many": () => _("there are more than 60 photos. Take some out."),
  "photos.missing": () => _("a photo does not arrive. Take it again, or take it out."),
  "photo.lost": () => _("a photo is no longer on this phone. Take it again, or take it out."),
  "photo.damaged": () => _("a photo was damaged on this phone. Take it again, or take it out."),
  "revision.invalid": () => _("some answers do not fit the questionnaire. Open the visit and look at what is missing."),
  "revision.differs": () => _("it was also sent from another phone. Both copies are kept. Ask your manager which one counts."),
  "revision.damaged": () => _("what was to be sent is damaged. Open the visit and finish it again."),
  "revision.unexpected": () => _("it has already been sent. Ask your manager to return it, if it must change."),
  "visit.owner_mismatch": () => _("the visit belongs to somebody else. Everything stays saved here. Ask your manager."),
  "receipt.mismatch": () => _("the receipt does not match what was sent. Everything stays saved here. Ask your manager."),
  "receipt.signature": () => _("the receipt's signature is not right. Everything stays saved here. Ask your manager."),
};

const REFUSALS = {
  "storage.full": () => _("this phone is full. Free 40 MB, then tap again."),
  "storage.lost": () => _("the phone closed its storage. Load the page again."),
  "storage.blocked": () => _("Fieldscore is open in another tab. Close it, then tap again."),
  "storage.unusable": () => _("this browser keeps nothing. Leave private browsing."),
  "visit.finished": () => _("the visit is finished."),
  "visit.changed": () => _("the visit was changed in another tab. Load the page again."),
  "visit.uncertain": () => _("it may have arrived already. Connect once, so that this can be asked."),
  "photo.too_large": () => _("the photo is too large. Take it again."),
  "photo.kind": () => _("this file is not a photo that can be read."),
  "photo.empty": () => _("the photo is empty. Take it again."),
  "photo.too_many": () => _("there is no room for another photo here."),
  "questionnaire.absent": () => _("the questionnaire is not on this phone yet. Connect once, then try again."),
  "questionnaire.damaged": () => _("the questionnaire arrived damaged. Connect once, then try again."),
  network: () => _("there is no network."),
};

const OUTCOMES = { pass: () => _("Passed."), fail: () => _("Not passed."), none: () => "" };

/** "Score 84.6. Passed.", or "" where nothing was scored. @param {{overall: string|null, outcome: string}} score */
export const sayScore = ({ overall, outcome }) =>
  (overall === null ? "" : `${_("Score {score}.", { score: decimal(overall) })} ${OUTCOMES[outcome]()}`.trim());

/** What needs attention, then what to do, for a visit's code. @param {string} code */
export const sayAttention = (code) =>
  (ATTENTION[code] ?? (() => _("the server refused it ({code}). Everything stays saved here. Ask your manager.", { code })))();

/** Why something was not saved or done, then what to do. @param {{code?: string}} error */
export const sayRefusal = ({ code }) =>
  (REFUSALS[code] ?? (() => _("something went wrong ({code}). Load the page again.", { code: code ?? "?" })))();
