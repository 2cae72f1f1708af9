import { FARTHEST_MS } from "../lib/clock.js";

const BASE_MS = 2000;
const MOST_MS = 300_000;

/**
 * Full jitter.
 * @param {number} k earlier failures in a row
 * @param {() => number} random in [0, 1)
 * @param {number|null} [retryAfter] milliseconds the server asked for
 */
export const delay = (k, random, retryAfter = null) =>
  Math.min(FARTHEST_MS, Math.max(retryAfter ?? 0, random() * Math.min(MOST_MS, BASE_MS * 2 ** k)));

/** At most `width()` at a time; the rest wait. */
export class Slots {
  #width;
  #busy = 0;
  #waiting = [];

  /** @param {() => number} width at least 1; asked anew for every start */
  constructor(width) {
    this.#width = width;
  }

  async run(work) {
    while (this.#busy >= this.#width()) await new Promise((resolve) => { this.#waiting.push(resolve); });
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }
}
