/** The stores of one person's database. Migrations are additive and run on open. */
export const VERSION = 1;

const KEYS = {
  meta: undefined,
  questionnaires: "id",
  visits: "id",
  history: undefined,
  photos: "sha256",
  thumbs: "sha256",
  uploads: ["visit", "sha256"],
  revisions: ["visit", "revision"],
  receipts: "receipt",
};

/** @param {object} handle the database being upgraded */
export const upgrade = (handle) => {
  for (const [store, keyPath] of Object.entries(KEYS)) {
    if (!handle.objectStoreNames.contains(store)) handle.createObjectStore(store, keyPath ? { keyPath } : {});
  }
};

/** All keys that begin with this visit. @param {string} visit */
export const ofVisit = (visit) => IDBKeyRange.bound([visit], [visit, []]);

/** @param {string} person @returns {string} the database that only this person's work is in */
export const databaseName = (person) => `fieldscore-${person}`;
