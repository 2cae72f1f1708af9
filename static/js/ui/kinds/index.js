import { choice } from "./choice.js";
import { choices } from "./choices.js";
import { duration } from "./duration.js";
import { note } from "./note.js";
import { number } from "./number.js";
import { photo } from "./photo.js";
import { rating } from "./rating.js";
import { text } from "./text.js";
import { yesNo } from "./yes-no.js";

const KINDS = { choice, choices, duration, note, number, photo, rating, text, yes_no: yesNo };

/**
 * How a question of this kind is drawn, the only list of them. Each kind has
 * `useParts(props)`, a hook that gives `{page, dock, links, next}`: what stands in the page, under the thumb, below it in small,
 * and whether Next stands there (`true` unless said), as a quiet link (`"quiet"`) or not (`false`).
 * What takes a measured time says so with `takesTime`.
 * @param {{kind: string}} question
 */
export const kindOf = (question) => KINDS[question.kind];
