import { Database } from "./db.js";

const upgrade = (handle) => handle.createObjectStore("meta");

/**
 * Who is signed in, on the disk when it resolves: what is in localStorage is lost where the phone dies within seconds.
 * Where there is no room for it the older note goes, and localStorage is believed.
 * @param {string|null} person null: nobody is
 */
export const keepLast = (person) => within((db) => {
  const noted = (work) => db.write(["meta"], (tx) => work(tx.objectStore("meta")), { strict: true });
  return noted((meta) => meta.put(person, "last")).catch(() => noted((meta) => meta.delete("last")));
});

/** @returns {Promise<string|null|undefined>} null: nobody is; undefined: it was not noted */
export const keptLast = () => within((db) => db.read(["meta"], (tx) => tx.objectStore("meta").get("last")));

const within = async (work) => {
  const db = new Database("fieldscore", { version: 1, upgrade });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};
