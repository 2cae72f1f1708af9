import { _, n_ } from "../lib/i18n.js";
import { isOpen } from "../store/answers.js";

/** The first sentence for each kind of mistake; what stands at its place says more. */
const REASONS = {
  "answer.required": () => _("Not answered yet"),
  "reason.required": () => _("Could not check: say why"),
  "photos.too_many": () => _("Too many photos: take some out"),
  "comment.required": () => _("Needs a comment"),
  "answer.one_of": () => _("Has a comment, but no answer"),
  "comment.alone": () => _("Has a comment, but no answer"),
  "photo.kind": (n) => _("Photo {n} cannot be read: take it again", { n }),
  "photo.too_large": (n) => _("Photo {n} is too large: take it again", { n }),
  "photo.lost": (n) => _("Photo {n} is no longer on this phone: take it again", { n }),
  "photo.damaged": (n) => _("Photo {n} was damaged: take it again", { n }),
  "value.range": () => _("The number is out of range"),
};

const NOTES = {
  "photos.too_few": (n) => n_("{n} photo missing", "{n} photos missing", n),
  "reason.required": (n) => n_("{n} reason missing", "{n} reasons missing", n),
  "comment.required": (n) => n_("{n} comment missing", "{n} comments missing", n),
};

/**
 * The sections that are shown, with their questions in order.
 * @param {{definition: object, visible: Set<string>}} review
 */
export function shownSections({ definition, visible }) {
  return definition.sections
    .map((section) => ({ ...section, questions: section.questions.filter((question) => visible.has(question.key)) }))
    .filter((section) => section.questions.length);
}

/** Where a question stands: its section, its place in it and the whole section. */
export function placeOf(review, key) {
  for (const section of shownSections(review)) {
    const index = section.questions.findIndex((question) => question.key === key);
    if (index >= 0) return { section, question: section.questions[index], index };
  }
  return null;
}

/** What still stands open, one entry for each question, in order; photos and notes of nobody last. */
export function missing(review) {
  const found = shownSections(review).flatMap((section) =>
    section.questions.flatMap((question, index) => {
      const mistake = review.mistakes.find((each) => each.question === question.key);
      return mistake ? [{ section, question, index, mistake: { ...mistake, photo: numberOf(review.record, mistake.photo) } }] : [];
    }),
  );
  const loose = review.mistakes.filter((mistake) => mistake.code === "photo.unassigned");
  return { found, loose, count: found.length + (loose.length ? 1 : 0) };
}

/** Why a question is on that list. @param {string} answer what was answered, in words, or "" */
export function sayMissing({ code, need, photo }, answer) {
  if (code === "photos.too_few") {
    const values = { answer };
    return answer
      ? n_("Answered {answer}: needs {n} photo", "Answered {answer}: needs {n} photos", need, values)
      : n_("Needs {n} photo", "Needs {n} photos", need);
  }
  return (REASONS[code] ?? (() => _("Does not fit the question")))(photo);
}

/** A photo's number in its visit, the same on every screen; 0 where it is not there. @param {string} id */
export const numberOf = ({ photos }, id) => photos.findIndex((photo) => photo.id === id) + 1;

/** The line beside a section: what is missing in it, else its photos. */
export function noteOf(review, section) {
  const keys = new Set(section.questions.map((question) => question.key));
  const mistakes = review.mistakes.filter((mistake) => keys.has(mistake.question));
  for (const [code, say] of Object.entries(NOTES)) {
    const n = mistakes.filter((mistake) => mistake.code === code).length;
    if (n) return { text: say(n), open: true };
  }
  const photos = review.record.photos.filter((photo) => keys.has(photo.question)).length;
  return { text: photos ? n_("{n} photo", "{n} photos", photos) : "", open: mistakes.length > 0 };
}

/** Whether something was said here; a question without a value is answered by its photos. */
export function isAnswered({ answers, photos }, question) {
  if (!isOpen(answers[question.key])) return true;
  const { takesValue, takesAnswer } = question.behaviour;
  return !takesValue && takesAnswer && photos.some((photo) => photo.question === question.key);
}

/**
 * The next question to go to: first what lies ahead and is unanswered, incomplete or to be read, then what was passed over.
 * @returns {string|null} its key, or null when nothing asks for anything more
 */
export function nextOpen(review, key) {
  const questions = shownSections(review).flatMap((section) => section.questions);
  const here = questions.findIndex((question) => question.key === key);
  const incomplete = new Set(review.mistakes.map((mistake) => mistake.question));
  const asks = (question) => incomplete.has(question.key);
  const isNew = (question) => asks(question) || (question.behaviour.takesAnswer && !isAnswered(review.record, question));
  const after = questions.slice(here + 1);
  const toRead = after[0] && !after[0].behaviour.takesAnswer ? after[0] : null;
  const next = toRead ?? after.find(isNew) ?? questions.slice(0, Math.max(here, 0)).find(asks);
  return next?.key ?? null;
}

/** The section's dashes. @returns {Array<{key: string, state: "done"|"here"|"open"}>} */
export function dashes(review, section, here) {
  return section.questions.map((question) => {
    const read = !question.behaviour.takesAnswer || isAnswered(review.record, question);
    return { key: question.key, state: question.key === here ? "here" : read ? "done" : "open" };
  });
}
