// The few things of a browser that the phone's rooms touch outside of IndexedDB.
const kept = new Map();

globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, String(value)),
  removeItem: (key) => kept.delete(key),
};
globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower, upper }) };
