import { _ } from "../../lib/i18n.js";
import { ZERO } from "../fraction.js";
import { base } from "./base.js";

/** A boolean; `good` says which of the two earns the points. */
export const yesNo = {
  ...base,
  name: "yes_no",
  fault: (_question, value) => (typeof value === "boolean" ? null : "value.kind"),
  earned: ({ points, good }, value) => (value === good ? points : ZERO),
  show: (_question, value) => (value ? _("Yes") : _("No")),
};
