import { Emitter } from "../lib/emitter.js";
import { deviceId } from "../lib/device.js";
import { uuid } from "../lib/ids.js";
import { StoreError } from "../lib/errors.js";
import * as answers from "./answers.js";
import { cards, titlesOf } from "./cards.js";
import { claim } from "./claim.js";
import { Database } from "./db.js";
import { freeze, reopen, reopenReturned } from "./freeze.js";
import * as marks from "./marks.js";
import { Outbox } from "./outbox.js";
import * as list from "./photo-list.js";
import * as photos from "./photos.js";
import { purge } from "./purge.js";
import * as questionnaires from "./questionnaires.js";
import { bringBack, rescue, rescued } from "./rescue.js";
import { VERSION, databaseName, upgrade } from "./schema.js";
import { shrink as shrinkPhoto } from "./shrink.js";
import * as stopwatch from "./stopwatch.js";
import { uploadsOf } from "./uploads.js";
import { EDITED, begin, dropHistory, edit, history, loadVisit, newVisit, restoreRev, save } from "./visits.js";

export { probe } from "./db.js";

const UNWRITTEN = new Set(["storage.lost", "storage.full"]);
const LISTED = ["visits", "revisions", "uploads", "meta", "questionnaires"];

/**
 * Opens what one person has on this phone, with its first list.
 * @param {string} person
 * @param {{onTrouble?: (code: string) => void, shrink?: typeof shrinkPhoto}} [options]
 * @returns {Promise<Store>}
 */
export const openStore = async (person, { onTrouble, shrink = shrinkPhoto } = {}) => {
  const db = new Database(databaseName(person), { version: VERSION, upgrade, onTrouble });
  const store = new Store(person, db, shrink);
  if (rescued(person).length) await bringBack(store).catch(() => {}); // it waits for the next load
  await store.listVisits();
  return store;
};

/** One person's visits. README.md lists every call; each resolves when its transaction is complete. */
export class Store extends Emitter {
  #db;
  #shrink;
  #titles = new Map();
  #changes = 0;
  /** Photos that are not on the disk yet: `{visit, question, done}`; `adding` tells of each that begins, and of one that is refused with its `error`. */
  adding = new Set();
  /** What `listVisits` read last, as long as nothing has changed: `{cards, bootstrap}`. */
  listed = null;

  constructor(person, db, shrink) {
    super();
    [this.person, this.#db, this.#shrink] = [person, db, shrink];
    this.on("changed", () => [this.listed, this.#changes] = [null, this.#changes + 1]);
    this.outbox = new Outbox(db, (visit) => this.emit("changed", visit));
  }

  // What is there

  async listVisits() {
    const before = this.#changes;
    const found = await this.#db.read(LISTED, async (tx) => {
      const asked = [...LISTED.slice(0, 3).map((name) => tx.objectStore(name).getAll()),
        ...["bootstrap", "discarded"].map((key) => tx.objectStore("meta").get(key)), tx.objectStore("questionnaires").getAllKeys()];
      const [visits, revisions, uploads, kept, discarded = [], ids] = await Promise.all(asked);
      const bootstrap = kept?.body ?? null;
      titlesOf(bootstrap).forEach((title, id) => this.#titles.set(id, title));
      const known = { visits, revisions, uploads, questionnaires: await questionnaires.titles(tx, ids, this.#titles), discarded };
      return { cards: cards({ bootstrap, active: this.outbox.active, ...known }), bootstrap };
    });
    if (before === this.#changes) this.listed = found;
    return found.cards;
  }

  async unsent() {
    const all = await this.listVisits();
    const waiting = all.filter((card) => ["queued", "sending", "attention"].includes(card.state));
    const drafts = all.filter((card) => card.state === "draft");
    const missing = [...waiting, ...drafts].reduce((sum, card) => sum + card.photos.total - card.photos.stored, 0);
    return { visits: waiting.length, photos: missing, drafts: drafts.length };
  }

  loadVisit(id) { return this.#db.read(["visits"], (tx) => loadVisit(tx, id)); }
  history(id) { return this.#db.read(["history"], (tx) => history(tx, id)); }
  uploads(id) { return this.#db.read(["uploads"], (tx) => uploadsOf(tx, id)); }
  claim(id) { return claim(id); }

  async revision(id) {
    const rows = await this.#db.read(["revisions"], (tx) => tx.objectStore("revisions").getAll());
    return rows.filter((row) => row.visit === id).at(-1) ?? null;
  }

  async receipt(id) {
    const rows = await this.#db.read(["receipts"], (tx) => tx.objectStore("receipts").getAll());
    return rows.filter((row) => row.visit === id).sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  // Beginning and ending

  async startVisit({ assignment, site, questionnaire }) {
    const planned = assignment && (await this.bootstrap())?.assignments.find((each) => each.id === assignment);
    if (assignment && !planned) throw new StoreError("visit.unknown", { assignment });
    const about = planned
      ? { id: planned.visit, assignment, site: planned.site, questionnaire: planned.questionnaire }
      : { id: uuid(), assignment: null, site, questionnaire };
    const { slug, version, sha256 } = about.questionnaire;
    await this.definition(slug, version);
    const fresh = newVisit({ ...about, questionnaire: { slug, version, sha256 }, device: deviceId() });
    return this.#tell(await this.#db.write(["visits"], (tx) => begin(tx, fresh), { strict: true }));
  }

  /**
   * A visit that another phone backed up, where this phone has none, or only what was sent of it before.
   * @param {object} visit in this store's own shape
   */
  async adopt(visit, thumbnails = []) {
    const work = async (tx) => {
      const here = await tx.objectStore("visits").get(visit.id);
      if (here && (here.state === "draft" || here.revision >= visit.revision)) throw new StoreError("visit.exists", { visit: visit.id });
      await Promise.all(thumbnails.map((row) => tx.objectStore("thumbs").put(row)));
      return save(tx, { ...visit, rev: Math.max(visit.rev, here?.rev ?? 0) });
    };
    return this.#tell(await this.#db.write(["visits", "thumbs"], work, { strict: true }));
  }

  async freeze(frozen) {
    if (this.addingTo(frozen.visit).length) throw new StoreError("visit.changed", { visit: frozen.visit });
    return this.#tell(await freeze(this.#db, frozen));
  }

  async reopen(id) { return this.#tell(await reopen(this.#db, id)); }
  async reopenReturned(id, returned) { return this.#tell(await reopenReturned(this.#db, id, returned)); }

  async discard(id) {
    await this.#db.write([...EDITED, "photos", "thumbs", "revisions", "meta"], async (tx) => {
      const visit = await loadVisit(tx, id);
      if (visit.state !== "draft" || visit.revision > 1) throw new StoreError("visit.finished", { visit: id });
      await tx.objectStore("visits").delete(id);
      await dropHistory(tx, id);
      const discarded = (await tx.objectStore("meta").get("discarded")) ?? [];
      await tx.objectStore("meta").put([...discarded, id], "discarded"); // the server's copy is not offered again
      for (const photo of visit.photos) await photos.dropUnused(tx, photo.sha256);
    }, { strict: true });
    this.emit("changed", id);
  }

  // Answers

  answer(id, question, given) {
    return this.#keep({ visit: id, question, given }, (visit) => answers.answer(visit, question, given));
  }

  comment(id, question, text) {
    return this.#keep({ visit: id, question, comment: text }, (visit) => answers.comment(visit, question, text));
  }

  clear(id, question) { return this.#edit(id, (visit) => answers.clear(visit, question)); }
  startStopwatch(id, question) { return this.#edit(id, (visit) => stopwatch.start(visit, question)); }
  stopStopwatch(id, question) { return this.#edit(id, (visit) => stopwatch.stop(visit, question)); }
  cancelStopwatch(id, question) { return this.#edit(id, (visit) => stopwatch.cancel(visit, question)); }
  setDuration(id, question, ms, options) { return this.#edit(id, (visit) => stopwatch.setDuration(visit, question, ms, options)); }

  async restoreRevision(id, rev) {
    return this.#tell(await this.#db.write(EDITED, (tx) => restoreRev(tx, id, rev), { strict: true }));
  }

  // The discreet list, place

  mark(id, kind) { return this.#edit(id, (visit) => marks.mark(visit, kind)); }
  unmark(id, kind) { return this.#edit(id, (visit) => marks.unmark(visit, kind)); }
  addNote(id, text, note) { return this.#edit(id, (visit) => marks.putNote(visit, text, note)); }
  assignNote(id, note, question) { return this.#edit(id, (visit) => marks.assignNote(visit, note, question)); }

  addLocation(id, event, { at, lat, lon, accuracy_m }) {
    return this.#edit(id, (visit) => visit.locations.push({ event, at, lat, lon, accuracy_m }));
  }

  // Photos

  addPhoto(id, question, file, options) {
    const adding = { visit: id, question, done: this.#addPhoto(id, question, file, options) };
    this.adding.add(adding);
    this.emit("adding", adding);
    return adding.done.finally(() => this.adding.delete(adding)).catch((error) => {
      this.emit("adding", Object.assign(adding, { error }));
      throw error;
    });
  }

  /** The photos of a visit that are not on the disk yet. */
  addingTo(id) { return [...this.adding].filter(({ visit }) => visit === id); }

  /** Resolves when all of them are; rejects where one is refused. */
  async added(id) {
    while (this.addingTo(id).length) await Promise.all(this.addingTo(id).map(({ done }) => done));
  }

  async removePhoto(id, photo) { return this.#tell(await photos.removePhoto(this.#db, id, photo)); }
  assignPhoto(id, photo, question) { return this.#edit(id, (visit) => list.assign(visit, photo, question)); }
  movePhoto(id, photo, position) { return this.#edit(id, (visit) => list.move(visit, photo, position)); }
  caption(id, photo, text) { return this.#edit(id, (visit) => list.caption(visit, photo, text)); }
  thumbnail(sha256) { return photos.thumbnail(this.#db, sha256); }
  photoBytes(sha256) { return photos.photoBytes(this.#db, sha256); }
  setPendingCapture(marker) { return this.setMeta("pendingCapture", marker, { strict: true }); }
  pendingCapture() { return this.meta("pendingCapture"); }

  async purge(options) {
    const gone = await purge(this.#db, options);
    if (gone) this.emit("changed", null);
    return gone;
  }

  /** Puts the reserve for a full phone back. @returns {Promise<boolean>} whether it had to, and there was room for it */
  reserve() { return this.#db.loadBallast(); }

  // What the server said

  async bootstrap() { return (await this.meta("bootstrap"))?.body ?? null; }
  definition(slug, version) { return questionnaires.questionnaire(this.#db, slug, version); }
  absentDefinitions(wanted) { return questionnaires.absent(this.#db, wanted); }
  absentPictures(wanted) { return questionnaires.absentPictures(this.#db, wanted); }
  putPicture(sha256, bytes) { return photos.putPicture(this.#db, sha256, bytes); }

  async putDefinition(wanted, bytes) {
    await questionnaires.putQuestionnaire(this.#db, wanted, bytes);
    this.emit("changed", null);
  }

  async putBootstrap(kept) {
    await this.setMeta("bootstrap", kept, { strict: true });
    this.emit("changed", null);
  }

  async meta(key) { return (await this.#db.read(["meta"], (tx) => tx.objectStore("meta").get(key))) ?? null; }
  setMeta(key, value, options) { return this.#db.write(["meta"], (tx) => tx.objectStore("meta").put(value, key), options); }
  close() { return this.#db.close(); }

  async #addPhoto(id, question, file, options) {
    const bytes = await bytesOf(file); // before anything else: the picker's file may go away
    const made = await this.#shrink(bytes);
    const visit = await photos.addPhoto(this.#db, id, question, made, { lastModified: file.lastModified, ...options });
    this.emit("room", null);
    return this.#tell(visit);
  }

  /** An answer that the storage does not take waits in this tab for the next load. */
  #keep(entry, change) {
    return this.#edit(entry.visit, change).catch((error) => {
      if (UNWRITTEN.has(error.code)) rescue(this.person, entry);
      throw error;
    });
  }

  async #edit(id, change) {
    return this.#tell(await this.#db.write(EDITED, (tx) => edit(tx, id, change)));
  }

  #tell(visit) {
    this.emit("changed", visit.id);
    return visit;
  }
}

const bytesOf = (file) => file.arrayBuffer().catch(() => { throw new StoreError("photo.gone"); });
