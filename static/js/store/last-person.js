import { Database } from "./db.js";

const upgrade = (handle) => handle.createObjectStore("meta");

/**
 * Who signed in last, on the disk when it resolves: what is in localStorage is lost where the phone dies within seconds.
 * @param {string|null} person null forgets
 */
export const keepLast = (person) => within((db) => db.write(["meta"], (tx) => tx.objectStore("meta").put(person, "last"), { strict: true }));

/** @returns {Promise<string|null>} */
export const keptLast = async () => (await within((db) => db.read(["meta"], (tx) => tx.objectStore("meta").get("last")))) ?? null;

const within = async (work) => {
  const db = new Database("fieldscore", { version: 1, upgrade });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};
