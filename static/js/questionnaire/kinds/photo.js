import { base } from "./base.js";

/** No value of its own: its photos answer it; no points unless the reviewer gives them. */
export const photo = { ...base, name: "photo", takesValue: false, scoredBy: "reviewer" };
