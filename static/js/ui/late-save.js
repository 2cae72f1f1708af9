const unsaved = new Set();

/** Saves a text a moment after the last key, and at once when asked. Saves of one text never overtake each other. */
export class LateSave {
  #save;
  #wait;
  #timer = null;
  #value;
  #last = Promise.resolve();

  /** @param {(value: string) => Promise<unknown>} save @param {number} [wait] milliseconds */
  constructor(save, wait = 300) {
    this.#save = save;
    this.#wait = wait;
  }

  /** Remembers the value and saves it soon. @param {string} value */
  later(value) {
    this.#value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), this.#wait);
    unsaved.add(this);
  }

  /** Saves what waits; resolves when it and everything before it has been written or refused. */
  now() {
    if (!unsaved.delete(this)) return this.#last;
    clearTimeout(this.#timer);
    const value = this.#value;
    this.#last = this.#last.catch(() => {}).then(() => this.#save(value));
    return this.#last;
  }
}

/** Saves every text that waits: before the camera opens, the page hides or another screen comes. */
export const saveAll = () => Promise.allSettled([...unsaved].map((save) => save.now()));

/** From now on a page that is hidden or left saves first. */
export function saveWhenHidden() {
  addEventListener("pagehide", saveAll);
  addEventListener("hashchange", saveAll);
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
}
