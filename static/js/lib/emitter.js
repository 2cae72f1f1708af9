/** Named events without a document. */
export class Emitter {
  #listeners = new Map();

  /** Calls `fn` with every later value of `name`. @returns {() => void} stops it */
  on(name, fn) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(fn);
    return () => this.#listeners.get(name).delete(fn);
  }

  /** Tells everyone; one listener's failure does not silence the others. */
  emit(name, value) {
    for (const fn of [...(this.#listeners.get(name) ?? [])]) {
      try {
        fn(value);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
