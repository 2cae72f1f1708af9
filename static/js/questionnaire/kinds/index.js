import { choice } from "./choice.js";
import { choices } from "./choices.js";
import { duration } from "./duration.js";
import { note } from "./note.js";
import { number } from "./number.js";
import { photo } from "./photo.js";
import { rating } from "./rating.js";
import { text } from "./text.js";
import { yesNo } from "./yes_no.js";

/** The registry of kinds: the only list of them. */
export const kinds = new Map(
  [yesNo, rating, choice, choices, number, duration, text, photo, note].map((kind) => [kind.name, kind]),
);
