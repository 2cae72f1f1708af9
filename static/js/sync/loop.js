import { keepAwake } from "../lib/wake.js";

const EVERY_MS = 60_000;
const SOONEST_MS = 1000;
const SETTLE_MS = 6000;

/**
 * Decides when the engine runs: at start, when the network or the person comes back, after changes, and every minute
 * while work waits.
 */
export class Loop {
  #engine; #store; #onError;
  #timer = 0;
  #settle = 0;
  #running = false;
  #wanted = null;
  #awake = null;
  #stops = [];

  /** @param {{engine: object, store: object, onError: (error: Error) => void}} parts */
  constructor({ engine, store, onError }) {
    [this.#engine, this.#store, this.#onError] = [engine, store, onError];
  }

  start() {
    this.#listen(globalThis, "online", () => this.kick({ fresh: true }));
    this.#listen(globalThis, "pageshow", () => this.kick({ fresh: true }));
    this.#listen(document, "visibilitychange", () => this.kick(document.visibilityState === "visible" ? { fresh: true } : { now: true }));
    this.#stops.push(this.#store.on("changed", () => this.#afterChange()));
    this.#stops.push(this.#engine.on("state", ({ sending }) => this.#stayAwake(Boolean(sending))));
    return this.kick({ fresh: true });
  }

  /** Runs now, or once more when a pass is under way. @param {{fresh?: boolean, now?: boolean}} [options] */
  async kick(options = {}) {
    this.#wanted = { ...this.#wanted, ...options };
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#wanted) await this.#once();
    } finally {
      this.#running = false;
      this.#plan();
    }
  }

  stop() {
    this.#stops.forEach((stop) => stop());
    [this.#timer, this.#settle].forEach(clearTimeout);
    this.#stayAwake(false);
    this.#stops = null;
  }

  async #once() {
    const options = this.#wanted;
    this.#wanted = null;
    await this.#engine.run(options).catch(this.#onError);
  }

  #plan() {
    clearTimeout(this.#timer);
    const { next_at } = this.#engine.state;
    if (next_at === null || !this.#stops) return;
    const wait = Math.min(EVERY_MS, Math.max(SOONEST_MS, next_at - Date.now()));
    this.#timer = setTimeout(() => this.kick(), wait);
  }

  // The engine's own notes are changes too: only what comes while it rests counts.
  #afterChange() {
    if (this.#running) return;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.kick(), SETTLE_MS);
  }

  #stayAwake(wanted) {
    if (wanted) {
      this.#awake ??= keepAwake();
    } else {
      this.#awake?.();
      this.#awake = null;
    }
  }

  #listen(target, name, fn) {
    target.addEventListener(name, fn);
    this.#stops.push(() => target.removeEventListener(name, fn));
  }
}

/**
 * Runs `work` in one tab of this browser at a time, waiting for its turn no longer than `patience`.
 * @returns {Promise<unknown|null>} null where another has the lock
 */
export const underLock = (name) => async (work, patience = 0) => {
  if (!navigator.locks) return work();
  if (!patience) return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  const begun = () => {
    clearTimeout(timer);
    return work();
  };
  return navigator.locks.request(name, { signal: stop.signal }, begun).catch((error) => {
    if (stop.signal.aborted) return null;
    throw error;
  });
};

/** Two photos at a time; one where the network is slow or paid by the megabyte. */
export const photoWidth = () => {
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {};
  return saveData || effectiveType !== "4g" ? 1 : 2;
};
