import { iso, now } from "../lib/clock.js";

const KEEP_MS = 7 * 24 * 3600 * 1000;

/**
 * Lets photos' bytes go that the server has had for seven days, or at once when space is short. Small pictures stay.
 * @param {object} db @param {{all?: boolean}} [options] @returns {Promise<number>} photos that left
 */
export const purge = (db, { all = false } = {}) => db.write(["visits", "revisions", "photos"], async (tx) => {
  const [visits, revisions] = await Promise.all([tx.objectStore("visits").getAll(), tx.objectStore("revisions").getAll()]);
  const ready = revisions.filter((row) => row.state === "sent" && !row.purged_at && (all || now() - Date.parse(row.sent_at) > KEEP_MS));
  const needed = new Set([
    ...visits.filter((visit) => visit.state === "draft").flatMap((visit) => visit.photos.map((photo) => photo.sha256)),
    ...revisions.filter((row) => !ready.includes(row) && !row.purged_at).flatMap((row) => row.photos),
  ]);
  const gone = [...new Set(ready.flatMap((row) => row.photos))].filter((sha256) => !needed.has(sha256));
  await Promise.all(gone.map((sha256) => tx.objectStore("photos").delete(sha256)));
  await Promise.all(ready.map((row) => tx.objectStore("revisions").put({ ...row, purged_at: iso() })));
  return gone.length;
}, { strict: true });
