import { isBlank, lengthOf } from "../texts.js";
import { base } from "./base.js";

/** Words of the inspector's own, at most maxLength characters; no points unless the reviewer gives them. */
export const text = {
  ...base,
  name: "text",
  scoredBy: "reviewer",
  fault: ({ maxLength }, value) => {
    if (typeof value !== "string") return "value.kind";
    return lengthOf(value) > maxLength ? "value.length" : null;
  },
  isEmpty: isBlank,
};
