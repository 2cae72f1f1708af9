import { _ } from "../../lib/i18n.js";
import { whole } from "../fraction.js";
import { amount, base } from "./base.js";
import { say } from "./options.js";

/** An integer 1..scale: 1 earns nothing, the end everything, evenly between. */
export const rating = {
  ...base,
  name: "rating",
  fault: ({ scale }, value) => {
    if (!Number.isInteger(value)) return "value.kind";
    return value >= 1 && value <= scale ? null : "value.range";
  },
  earned: ({ points, scale }, value) => points.times(whole(value - 1)).over(whole(scale - 1)),
  measure: (value) => value * 1000,
  operand: amount,
  show: (question, value, language) => {
    const label = say(question.labels[value], question, language);
    const words = { value, scale: question.scale, label };
    return label ? _("{value} of {scale}: {label}", words) : _("{value} of {scale}", words);
  },
};
