import { _ } from "../../lib/i18n.js";
import { ZERO } from "../fraction.js";
import { base } from "./base.js";
import { optionAt, say } from "./options.js";

/** Distinct option keys in the definition's order, none included; their points add up. */
export const choices = {
  ...base,
  name: "choices",
  fault: (question, value) => {
    if (!Array.isArray(value) || value.some((key) => typeof key !== "string")) return "value.kind";
    const places = value.map((key) => question.options.indexOf(optionAt(question, key)));
    if (places.includes(-1)) return "value.option";
    return places.some((place, index) => index > 0 && place <= places[index - 1]) ? "value.order" : null;
  },
  earned: (question, value) => value.reduce((sum, key) => sum.plus(optionAt(question, key).points), ZERO),
  show: (question, value, language) =>
    value.map((key) => say(optionAt(question, key).text, question, language)).join(_("; ")) || _("None of these"),
};
