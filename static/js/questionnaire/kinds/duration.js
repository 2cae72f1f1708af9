import { _ } from "../../lib/i18n.js";
import { amount, bandPoints, base } from "./base.js";

/** Integer milliseconds, scored by bands in seconds; a millisecond is a thousandth of the second rules speak of. */
export const duration = {
  ...base,
  name: "duration",
  fault: (_question, value) => {
    if (!Number.isInteger(value)) return "value.kind";
    return value < 0 ? "value.range" : null;
  },
  earned: ({ bands }, value) => bandPoints(bands, value),
  operand: amount,
  show: (_question, value) => {
    const total = Math.floor((value + 500) / 1000);
    const [minutes, seconds] = [Math.floor(total / 60), total % 60];
    return minutes ? _("{minutes} min {seconds} s", { minutes, seconds }) : _("{seconds} s", { seconds });
  },
};
