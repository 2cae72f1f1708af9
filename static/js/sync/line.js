import { classify } from "./classify.js";

const PAUSES = { sign_in: "session.required", upgrade: "client.too_old" };

/**
 * One pass's way to the server. After an answer that means "stop for now" it asks nothing more: each later question is
 * answered `paused`, or `broken` where the network went away, and costs neither battery nor data.
 */
export class Line {
  #transport;
  #clock;
  paused = null;
  broken = false;

  /** @param {import("./transport.js").Transport} transport @param {{now(): number}} clock */
  constructor(transport, clock) {
    [this.#transport, this.#clock] = [transport, clock];
  }

  /** A new pass; a pause stays until `resume`. */
  begin() {
    this.broken = false;
  }

  resume() {
    this.paused = null;
  }

  /**
   * @param {import("./transport.js").Request} request
   * @returns {Promise<object>} the answer with its `kind` and `code`, and `at` and `took` in milliseconds
   */
  async ask(request) {
    if (this.paused) return { kind: "paused", code: this.paused };
    if (this.broken) return { kind: "broken", code: "network" };
    const at = this.#clock.now();
    const answer = await this.#transport.request(request);
    const verdict = classify(answer, { photo: Boolean(request.photo) });
    this.paused ??= PAUSES[verdict.kind] ?? null;
    if (!answer.answered) this.broken = true;
    return { ...answer, ...verdict, at, took: this.#clock.now() - at };
  }
}
