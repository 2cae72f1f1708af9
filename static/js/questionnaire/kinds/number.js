import { decimalText } from "../../lib/format.js";
import { isDecimal, thousandths } from "../fraction.js";
import { amount, bandPoints, base } from "./base.js";
import { say } from "./options.js";

/** A decimal text within min, max and decimals, scored by bands in its own unit. */
export const number = {
  ...base,
  name: "number",
  fault: ({ min, max, decimals }, value) => {
    if (!isDecimal(value)) return "value.kind";
    if ((value.split(".")[1] ?? "").length > decimals) return "value.decimals";
    const size = thousandths(value);
    const fits = (min === null || size >= thousandths(min)) && (max === null || size <= thousandths(max));
    return fits ? null : "value.range";
  },
  earned: ({ bands }, value) => bandPoints(bands, thousandths(value)),
  measure: thousandths,
  operand: amount,
  show: (question, value, language) => `${decimalText(value)} ${say(question.unit, question, language)}`.trim(),
};
