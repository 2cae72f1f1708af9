import { _ } from "../lib/i18n.js";

/**
 * An answer in words for a person, or why there is none; never the comment.
 * @param {object} question @param {object|null|undefined} answer @param {string} [language]
 */
export const showAnswer = (question, answer, language) => {
  if (!answer) return _("Not answered");
  if (answer.not_applicable) return _("Not applicable");
  if ("could_not_check" in answer) return _("Could not check: {reason}", { reason: answer.could_not_check });
  return question.behaviour.show(question, answer.value, language);
};
