import { base } from "./base.js";
import { optionAt, say } from "./options.js";

/** An option's key; its points are the answer's. */
export const choice = {
  ...base,
  name: "choice",
  fault: (question, value) => {
    if (typeof value !== "string") return "value.kind";
    return optionAt(question, value) ? null : "value.option";
  },
  earned: (question, value) => optionAt(question, value).points,
  show: (question, value, language) => say(optionAt(question, value).text, question, language),
};
