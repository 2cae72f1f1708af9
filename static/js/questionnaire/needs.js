import { holds } from "./rules.js";

/** Whether a shown question must be answered; `required_if` replaces the default. */
export const isRequired = (definition, question, values, byDefault = true) => {
  if (question.required === true) return true;
  if (question.requiredIf) return holds(question.requiredIf, definition.questions, values);
  return question.required === null && byDefault;
};

/** Whether an answer with a value must bring a comment. */
export const needsComment = (definition, { comment, commentRequiredIf }, values) =>
  comment === "required" || Boolean(commentRequiredIf && holds(commentRequiredIf, definition.questions, values));

/** How many photos a shown question needs that neither lifts them nor waits for its value. */
export const photosNeeded = (definition, question, values, taken) => {
  const { photos, behaviour } = question;
  if (!photos) return 0;
  const least = photos.rule && holds(photos.rule, definition.questions, values) ? Math.max(photos.min, photos.ruleMin) : photos.min;
  if (behaviour.takesValue || taken) return least;
  return isRequired(definition, question, values, least > 0) ? Math.max(least, 1) : 0;
};
