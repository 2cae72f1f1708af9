// The few things of a browser that the phone's rooms touch outside of IndexedDB.
const storage = (kept = new Map()) => ({
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, String(value)),
  removeItem: (key) => kept.delete(key),
});

globalThis.localStorage = storage();
globalThis.sessionStorage = storage();
globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower, upper }) };
