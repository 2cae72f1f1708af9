import { hasCome, iso, now } from "../lib/clock.js";
import { fromUtf8 } from "../lib/json.js";
import { photoBytes } from "./photos.js";
import { newUpload, uploadsOf } from "./uploads.js";
import { save } from "./visits.js";

const FRESH = { state: "queued", code: null, detail: null, attempts: 0, next_at: 0, rounds: 0 };

/**
 * What waits to be sent, for the engine. Every state is on the disk before a call resolves, so a dead tab loses only
 * time.
 * `active` holds the visits that are being sent right now, for the screens.
 */
export class Outbox {
  #db;
  #changed;
  active = new Set();

  /** @param {object} db @param {(visit: string) => void} changed told after every change */
  constructor(db, changed) {
    [this.#db, this.#changed] = [db, changed];
  }

  /**
   * Visits with something to send.
   * @returns {Promise<{visit: object, revision: object|null, photos: string[], uploads: Map<string, object>}[]>}
   */
  jobs() {
    return this.#db.read(["visits", "revisions", "uploads"], async (tx) => {
      const all = ["visits", "revisions", "uploads"].map((name) => tx.objectStore(name).getAll());
      const [visits, revisions, uploads] = await Promise.all(all);
      return visits.map((visit) => job(visit, revisions, uploads)).filter(Boolean);
    });
  }

  /** Visits that nobody but this phone has whole: open, waiting or refused. @returns {Promise<object[]>} */
  onlyHere() {
    return this.#db.read(["visits", "revisions"], async (tx) => {
      const [visits, revisions] = await Promise.all(["visits", "revisions"].map((name) => tx.objectStore(name).getAll()));
      const unsent = new Set(revisions.filter((row) => ["queued", "attention"].includes(row.state)).map((row) => row.visit));
      return visits.filter((visit) => visit.state === "draft" || unsent.has(visit.id));
    });
  }

  /** @returns {Promise<ArrayBuffer|null>} */
  photo(sha256) {
    return photoBytes(this.#db, sha256);
  }

  /**
   * Notes what is known of photos on the server.
   * @param {string[]} hashes
   * @param {object} patch e.g. `{state: "stored"}`
   */
  async noteUploads(visit, hashes, patch) {
    await this.#db.write(["uploads"], async (tx) => {
      const rows = await Promise.all(hashes.map((sha256) => tx.objectStore("uploads").get([visit, sha256])));
      const changed = rows.map((row, i) => ({ ...newUpload(visit, hashes[i]), ...row, ...patch }));
      await Promise.all(changed.map((row) => tx.objectStore("uploads").put(row)));
    }, { strict: true });
    this.#changed(visit);
  }

  /** Marks a photo as possibly sent, before its first byte leaves: another start then asks before it sends it again. */
  async beginUpload(visit, sha256) {
    await this.#db.write(["uploads"], async (tx) => {
      const row = await tx.objectStore("uploads").get([visit, sha256]);
      await tx.objectStore("uploads").put({ ...newUpload(visit, sha256), ...row, begun: true });
    }, { strict: true });
  }

  /**
   * Marks a revision as possibly sent, before the first byte leaves.
   * @returns {Promise<boolean>} false when it is no longer to be sent
   */
  beginSending(visit, revision) {
    return this.#revision(visit, revision, (row) => (row.state === "queued" ? { uncertain: true } : null));
  }

  /** @param {object} patch members of the revision's row */
  noteRevision(visit, revision, patch) {
    return this.#revision(visit, revision, () => patch);
  }

  /** Stops a revision until a person does something. `uncertain`: an earlier attempt may still have been accepted. */
  attention(visit, revision, code, detail = null, uncertain = false) {
    return this.#revision(visit, revision, () => ({ state: "attention", code, detail, uncertain }));
  }

  /**
   * Keeps the receipt that stands under our number. Where it is for bytes of ours, be it ones that were given up for a
   * change, the server answers for them from here on; where it is for another phone's, ours stay.
   * @param {object} kept `{receipt, revision, body, signature}`
   */
  async keepReceipt(visit, kept) {
    const { sha256 } = JSON.parse(kept.body);
    await this.#db.write(["receipts", "revisions", "visits"], async (tx) => {
      const row = await tx.objectStore("revisions").get([visit, kept.revision]);
      const ours = [row, ...(row.earlier ?? [])].find((each) => each.sha256 === sha256);
      await tx.objectStore("receipts").put({ ...kept, visit, at: iso(), ours: Boolean(ours), unknown_at: null });
      await tx.objectStore("revisions").put({ ...row, ...ours, ...(ours ? sent(kept) : differs(kept)) });
      await closeVisit(tx, row);
    }, { strict: true });
    this.#changed(visit);
  }

  /** Whatever stopped for a person waits again. */
  async retry(visit) {
    const refused = (await this.#db.read(["uploads"], (tx) => uploadsOf(tx, visit))).filter((upload) => upload.state !== "stored");
    const waiting = { state: "waiting", code: null, attempts: 0, next_at: 0, rounds: 0 };
    await this.noteUploads(visit, refused.map((upload) => upload.sha256), waiting);
    await this.#latest(visit, (row) => (row.state === "attention" ? FRESH : { attempts: 0, next_at: 0 }));
  }

  /** Back-off starts anew for everything. */
  async resetWaiting() {
    await this.#db.write(["revisions", "uploads"], async (tx) => {
      for (const name of ["revisions", "uploads"]) {
        const rows = (await tx.objectStore(name).getAll()).filter((row) => row.next_at > 0 || row.attempts > 0);
        await Promise.all(rows.map((row) => tx.objectStore(name).put({ ...row, attempts: 0, next_at: 0 })));
      }
    });
  }

  /** Ids of all receipts of our own bytes that the server should know. @returns {Promise<string[]>} */
  async receiptIds() {
    const rows = await this.#db.read(["receipts"], (tx) => tx.objectStore("receipts").getAll());
    return rows.filter((row) => row.ours && !row.unknown_at).map((row) => row.receipt);
  }

  /**
   * The server lost these (a restored backup): the same bytes wait again, the old receipts stay.
   * @param {string[]} receipts
   */
  async sendAgain(receipts) {
    await this.#db.write(["receipts", "revisions", "uploads"], async (tx) => {
      for (const id of receipts) {
        const kept = await tx.objectStore("receipts").get(id);
        if (!kept) continue;
        await tx.objectStore("receipts").put({ ...kept, unknown_at: iso() });
        const row = await tx.objectStore("revisions").get([kept.visit, kept.revision]);
        if (row) await tx.objectStore("revisions").put({ ...row, ...FRESH });
        const uploads = await uploadsOf(tx, kept.visit);
        await Promise.all(uploads.map((upload) => tx.objectStore("uploads").put(newUpload(upload.visit, upload.sha256))));
      }
    }, { strict: true });
    this.#changed(null);
  }

  /** Notes which rev of a draft the server has a copy of. */
  async noteBackup(visit, rev) {
    await this.#db.write(["meta"], (tx) => tx.objectStore("meta").put(rev, `backup:${visit}`));
  }

  /** @returns {Promise<number>} */
  async backedUp(visit) {
    return (await this.#db.read(["meta"], (tx) => tx.objectStore("meta").get(`backup:${visit}`))) ?? 0;
  }

  /** The server lost the copy (a restored backup): it is made again, and it is asked for the photos that it had. */
  async copyAgain(visit) {
    await this.#db.write(["meta", "uploads"], async (tx) => {
      await tx.objectStore("meta").delete(`backup:${visit}`);
      const stored = (await uploadsOf(tx, visit)).filter((upload) => upload.state === "stored");
      await Promise.all(stored.map((upload) => tx.objectStore("uploads").put({ ...upload, state: "waiting" })));
    }, { strict: true });
    this.#changed(visit);
  }

  async #revision(visit, revision, change) {
    const done = await this.#db.write(["revisions"], async (tx) => {
      const row = await tx.objectStore("revisions").get([visit, revision]);
      const patch = row && row.state !== "reopened" && change(row); // what was given up for a change waits for the new bytes
      if (patch) await tx.objectStore("revisions").put({ ...row, ...patch });
      return Boolean(patch);
    }, { strict: true });
    this.#changed(visit);
    return done;
  }

  async #latest(visit, change) {
    const rows = await this.#db.read(["revisions"], (tx) => tx.objectStore("revisions").getAll());
    const row = rows.filter((each) => each.visit === visit && each.state !== "sent").at(-1);
    if (row) await this.#revision(visit, row.revision, change);
  }
}

const sent = ({ receipt }) => ({ state: "sent", uncertain: false, code: null, detail: null, sent_at: iso(), receipt });
const differs = ({ receipt }) => ({ state: "attention", uncertain: false, code: "revision.differs", detail: { receipt } });

/** A visit that was reopened before its receipt came is finished all the same: its number is used up. */
const closeVisit = async (tx, { visit: id, revision, bytes }) => {
  const visit = await tx.objectStore("visits").get(id);
  if (visit?.state !== "draft" || visit.revision !== revision) return;
  await save(tx, { ...visit, state: "closed", finished: JSON.parse(fromUtf8(bytes)).finished });
};

const job = (visit, revisions, uploads) => {
  const due = revisions.find((row) => row.visit === visit.id && row.state === "queued") ?? null;
  if (!due && visit.state !== "draft") return null;
  const photos = due ? due.photos : [...new Set(visit.photos.map((photo) => photo.sha256))];
  const rows = uploads.filter((upload) => upload.visit === visit.id).map((upload) => [upload.sha256, upload]);
  return { visit, revision: due, photos, uploads: new Map(rows) };
};

/** Whether a waiting row's time has come. */
export const isDue = (row, at = now()) => !row || hasCome(row.next_at, at);
