import { ZERO, isDecimal, thousandths } from "../fraction.js";

/** What every kind of question knows; a kind overrides what it knows better. */
export const base = {
  takesValue: true,
  takesAnswer: true,
  scoredBy: "answer",
  /** The code of what is wrong with a value of whatever type; null for a good one. */
  fault: (_question, _value) => "value.kind",
  /** Whether a good value says nothing. */
  isEmpty: (_value) => false,
  /** Exact points of a good value, before clipping to the maximum. */
  earned: (_question, _value) => ZERO,
  /** A good value as rules compare it. */
  measure: (value) => value,
  /** What a rule compares with, in the same measure. */
  operand: (operand) => operand,
  /** A good value in words. */
  show: (_question, value, _language) => String(value),
};

/** A rule's number in thousandths. @param {number|string} operand */
export const amount = (operand) => (isDecimal(operand) ? thousandths(operand) : operand * 1000);

/** Points of the first band that a measure in thousandths does not exceed. */
export const bandPoints = (bands, measure) =>
  bands.find(({ upTo }) => upTo === null || measure <= thousandths(upTo))?.points ?? ZERO;
