import { StoreError } from "../lib/errors.js";
import { ofVisit } from "./schema.js";
import { EDITED, corrected, loadVisit, save } from "./visits.js";

const STORES = [...EDITED, "revisions"];

/** States in which a revision's bytes may still be given up by the phone. */
const FREE = new Set(["queued", "attention"]);

/**
 * Keeps the exact bytes of a revision and closes the visit, once, and only if the draft is still the one they were
 * made from.
 * @param {object} db
 * @param {{visit: string, rev: number, revision: number, bytes: ArrayBuffer, sha256: string, photos: string[],
 *   finished: object}} frozen
 */
export const freeze = (db, frozen) => db.write(STORES, async (tx) => {
  const visit = await loadVisit(tx, frozen.visit);
  if (visit.state !== "draft") throw new StoreError("visit.finished", { visit: visit.id });
  if (visit.rev !== frozen.rev || visit.revision !== frozen.revision) throw new StoreError("visit.changed", { visit: visit.id });
  const before = await tx.objectStore("revisions").get([visit.id, frozen.revision]);
  if (before && before.state !== "reopened") throw new StoreError("visit.finished", { visit: visit.id });
  const { bytes, sha256, photos, finished } = frozen;
  const content = { bytes, sha256, photos, finished_at: finished.at, earlier: before ? givenUp(before) : [] };
  await tx.objectStore("revisions").put(newRevision(visit.id, frozen.revision, content));
  return save(tx, Object.assign(visit, { state: "closed", finished }));
}, { strict: true });

/** A finished visit that nothing was sent of, or that was refused, is a draft again under the same number. */
export const reopen = (db, id) => db.write(STORES, async (tx) => {
  const [visit, revision] = [await loadVisit(tx, id), await latest(tx, id)];
  if (visit.state === "draft") return visit;
  if (revision?.uncertain) throw new StoreError("visit.uncertain", { visit: id });
  if (!FREE.has(revision?.state) || revision.code === "revision.differs") throw new StoreError("visit.finished", { visit: id });
  await tx.objectStore("revisions").put({ ...revision, state: "reopened" });
  return save(tx, Object.assign(visit, { state: "draft", finished: null }));
}, { strict: true });

/** A visit that the reviewer returned is a draft again, under the next number. */
export const reopenReturned = (db, id, returned) => db.write(STORES, async (tx) => {
  const visit = await loadVisit(tx, id);
  if (visit.state === "draft" && visit.revision > returned.revision) return visit;
  return save(tx, Object.assign(visit, { state: "draft", finished: null, ...corrected(returned) }));
}, { strict: true });

/** The revision with the highest number, or null. */
export const latest = async (tx, id) => (await tx.objectStore("revisions").getAll(ofVisit(id))).at(-1) ?? null;

/** What stood under this number before: it may have left, and arrive even now. */
const givenUp = ({ bytes, sha256, photos, finished_at, earlier = [] }) => [...earlier, { bytes, sha256, photos, finished_at }];

const newRevision = (visit, revision, content) => ({
  visit, revision, ...content, state: "queued", uncertain: false, code: null, detail: null,
  attempts: 0, next_at: 0, rounds: 0, sent_at: null, receipt: null, purged_at: null,
});
