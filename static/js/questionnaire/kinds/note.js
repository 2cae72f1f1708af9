import { base } from "./base.js";

/** Something to read; nothing to answer. */
export const note = { ...base, name: "note", takesValue: false, takesAnswer: false, scoredBy: null };
