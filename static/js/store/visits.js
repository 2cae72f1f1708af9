import { iso, offsetMinutes } from "../lib/clock.js";
import { StoreError } from "../lib/errors.js";

const KEPT_REVS = 3;

/** Everything `edit` touches; a change of photos adds its own stores. */
export const EDITED = ["visits", "history"];

/** @returns {object} a visit as it begins */
export const newVisit = ({ id, assignment, site, questionnaire, device }) => ({
  id, rev: 0, state: "draft", revision: 1, base_receipt: null, assignment, site, questionnaire, device,
  started: { at: iso(), offset_min: offsetMinutes() }, finished: null, saved_at: iso(),
  answers: {}, timings: [], stopwatches: {}, photos: [], notes: [], marks: [], locations: [], reasons: [], taken: null,
});

/** What makes a visit the next revision of the one that was returned. @param {object} returned of the bootstrap */
export const corrected = ({ revision, receipt, reasons }) => ({ revision: revision + 1, base_receipt: receipt, reasons });

/** Reads a visit or says that there is none. */
export const loadVisit = async (tx, id) => {
  const visit = await tx.objectStore("visits").get(id);
  if (!visit) throw new StoreError("visit.unknown", { visit: id });
  return visit;
};

/**
 * Reads a draft, changes it, keeps what it was, and writes it, in the caller's transaction.
 * @param {object} tx over at least EDITED
 * @param {(visit: object) => void} change
 * @returns {Promise<object>} the visit as written
 */
export const edit = async (tx, id, change) => {
  const visit = await loadVisit(tx, id);
  if (visit.state !== "draft") throw new StoreError("visit.finished", { visit: id });
  await tx.objectStore("history").put(structuredClone(visit), [id, visit.rev % KEPT_REVS]);
  change(visit);
  return save(tx, visit);
};

/** Writes a visit with its next rev. */
export const save = async (tx, visit) => {
  visit.rev += 1;
  visit.saved_at = iso();
  await tx.objectStore("visits").put(visit);
  return visit;
};

/** Begins a visit, or gives the one that has begun. */
export const begin = async (tx, fresh) => {
  const known = await tx.objectStore("visits").get(fresh.id);
  return known ?? save(tx, fresh);
};

const ofHistory = (tx, id, ask) => Promise.all(Array.from({ length: KEPT_REVS }, (_none, slot) => ask(tx.objectStore("history"), [id, slot])));

/** Takes what a draft was before away. */
export const dropHistory = (tx, id) => ofHistory(tx, id, (kept, key) => kept.delete(key));

/** The last revs of a draft, newest first. */
export const history = async (tx, id) => {
  const revs = await ofHistory(tx, id, (kept, key) => kept.get(key));
  return revs.filter(Boolean).sort((a, b) => b.rev - a.rev);
};

/** Makes an earlier rev's content the newest one; the rev still only grows. */
export const restoreRev = async (tx, id, rev) => {
  const earlier = (await history(tx, id)).find((kept) => kept.rev === rev);
  if (!earlier) throw new StoreError("rev.unknown");
  const { answers, timings, stopwatches, photos, notes, marks, locations } = earlier;
  return edit(tx, id, (visit) => Object.assign(visit, { answers, timings, stopwatches, photos, notes, marks, locations }));
};
