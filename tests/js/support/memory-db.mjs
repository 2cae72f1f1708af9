import "./browser.mjs";

const KEYS = {
  meta: null, history: null, questionnaires: ["id"], visits: ["id"], photos: ["sha256"], thumbs: ["sha256"], receipts: ["receipt"],
  uploads: ["visit", "sha256"], revisions: ["visit", "revision"],
};
const order = (key) => JSON.stringify(key);

/** The same promises as `store/db.js`, in memory: whole transactions, one after the other, copies in and out. */
export class MemoryDatabase {
  #data = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));
  #last = Promise.resolve();
  full = false;

  read(stores, work) {
    return this.#turn(() => work(this.#transaction(stores)));
  }

  write(stores, work) {
    return this.#turn(async () => {
      const before = structuredClone(this.#data);
      try {
        if (this.full) throw Object.assign(new Error("storage.full"), { code: "storage.full" });
        return await work(this.#transaction(stores));
      } catch (error) {
        this.#data = before;
        throw error;
      }
    });
  }

  async close() {}
  async loadBallast() { return !this.full; }

  #turn(work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  #transaction(stores) {
    return {
      objectStore: (name) => {
        if (!stores.includes(name)) throw new Error(`${name} is not part of this transaction`);
        return objectStore(this.#data[name], KEYS[name]);
      },
    };
  }
}

const objectStore = (rows, path) => ({
  get: async (key) => structuredClone(rows.get(order(key))?.value),
  getKey: async (key) => rows.get(order(key))?.key,
  getAll: async (range) => sorted(rows, range).map(({ value }) => structuredClone(value)),
  getAllKeys: async () => sorted(rows).map(({ key }) => key),
  delete: async (key) => { rows.delete(order(key)); },
  put: async (value, outside) => {
    if (value instanceof Blob) throw new Error("bytes are kept as ArrayBuffer");
    const key = path ? (path.length === 1 ? value[path[0]] : path.map((part) => value[part])) : outside;
    if (key === undefined) throw new Error("no key");
    rows.set(order(key), { key, value: structuredClone(value) });
    return key;
  },
});

// Ranges in this house are always "all keys that begin with this visit".
const sorted = (rows, range) => [...rows.values()]
  .filter(({ key }) => !range || key[0] === range.lower[0])
  .sort((a, b) => (order(a.key) < order(b.key) ? -1 : 1));
