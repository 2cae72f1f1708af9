import { iso } from "../lib/clock.js";
import { cleanText } from "../lib/json.js";

/**
 * Replaces the answer and keeps the comment.
 * @param {object} visit changed in place
 * @param {object} given exactly one of value, not_applicable, could_not_check
 */
export const answer = (visit, question, given) => {
  const { comment } = visit.answers[question] ?? {};
  visit.answers[question] = { ...tidy(given), ...(comment ? { comment } : {}), at: iso() };
  if (!given.by_hand) forgetTiming(visit, question);
};

/** Sets or, with an empty text, removes the comment. */
export const comment = (visit, question, text) => {
  const kept = { ...visit.answers[question] };
  delete kept.comment;
  put(visit, question, { ...kept, ...(text.trim() ? { comment: cleanText(text) } : {}), at: iso() });
};

/** Takes the answer away and keeps the comment. */
export const clear = (visit, question) => {
  const { comment } = visit.answers[question] ?? {};
  put(visit, question, comment ? { comment, at: iso() } : {});
  forgetTiming(visit, question);
};

/** Whether an answer's three ways are all absent. */
export const isOpen = (entry) => !entry || !("value" in entry || entry.not_applicable || "could_not_check" in entry);

const put = (visit, question, entry) => {
  const empty = isOpen(entry) && !entry.comment;
  if (empty) delete visit.answers[question];
  else visit.answers[question] = entry;
};

const tidy = (given) => {
  if (typeof given.could_not_check === "string") return { ...given, could_not_check: cleanText(given.could_not_check) };
  return typeof given.value === "string" ? { ...given, value: cleanText(given.value) } : { ...given };
};

const forgetTiming = (visit, question) => {
  visit.timings = visit.timings.filter((timing) => timing.question !== question);
};
