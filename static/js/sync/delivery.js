import { sha256 as digest } from "../lib/digest.js";
import { isDue } from "../store/outbox.js";
import { OWN_FAULTS } from "../store/uploads.js";
import { delay } from "./backoff.js";
import { checkReceipt, verify } from "./receipt.js";

const MOST_ROUNDS = 5;
const MOST_EARLY = 30; // photos removed from an open visit stay counted on the server, so not all of its room is used early
const PATIENT_MS = 3_600_000; // a no to an open visit's photo is asked again, but not at the cost of much data

/**
 * Takes one visit as far as it will go now: its photos, then its revision. It decides from answers alone and deletes
 * nothing.
 */
export class Delivery {
  #line; #outbox; #clock; #random; #slots; #keys; #tell;

  /**
   * @param {{line: object, outbox: object, clock: object, random: () => number, slots: object, keys: () =>
   *   Promise<object[]>, tell: (progress: object) => void}} parts
   */
  constructor({ line, outbox, clock, random, slots, keys, tell }) {
    [this.#line, this.#outbox, this.#clock, this.#random] = [line, outbox, clock, random];
    [this.#slots, this.#keys, this.#tell] = [slots, keys, tell];
  }

  /** @param {object} job of `outbox.jobs()` */
  async visit(job) {
    if (!isDue(job.revision, this.#clock.now())) return;
    const id = job.visit.id;
    this.#outbox.active.add(id);
    try {
      if (await this.#photos(job) && job.revision) await this.#revision(job);
    } finally {
      this.#outbox.active.delete(id);
    }
  }

  // Photos

  async #photos(job) {
    const stored = (sha256) => job.uploads.get(sha256)?.state === "stored";
    const early = job.photos.filter(stored).length;
    const open = job.photos.filter((sha256) => !stored(sha256) && (job.revision || !OWN_FAULTS.has(job.uploads.get(sha256)?.code)));
    const some = job.revision ? open : open.slice(0, Math.max(0, MOST_EARLY - early));
    const waiting = await this.#stillMissing(job, some);
    const there = new Set(job.photos.filter((sha256) => !waiting.includes(sha256)));
    this.#progress(job, there);
    const results = await Promise.all(waiting.map((sha256) => this.#slots.run(async () => {
      const stored = await this.#photo(job, sha256);
      if (stored) this.#progress(job, there.add(sha256));
      return stored;
    })));
    return results.every(Boolean);
  }

  /** Asks once for all, where more than one is open or one may have left already. */
  async #stillMissing(job, hashes) {
    if (hashes.length < 2 && !hashes.some((sha256) => job.uploads.get(sha256)?.begun)) return hashes;
    const answer = await this.#line.ask({ method: "POST", path: `/visits/${job.visit.id}/photos:missing`, json: { hashes } });
    if (answer.kind !== "ok" || !Array.isArray(answer.body.missing)) return hashes;
    const missing = new Set(answer.body.missing);
    const stored = hashes.filter((sha256) => !missing.has(sha256));
    if (stored.length) await this.#outbox.noteUploads(job.visit.id, stored, { state: "stored", code: null });
    return hashes.filter((sha256) => missing.has(sha256));
  }

  async #photo(job, sha256) {
    const row = job.uploads.get(sha256) ?? { attempts: 0, rounds: 0, next_at: 0 };
    if (!isDue(row, this.#clock.now()) || this.#line.paused || this.#line.broken) return false;
    const photo = await this.#outbox.photo(sha256);
    if (!photo) return this.#lost(job, sha256, row);
    if (!row.begun) await this.#outbox.beginUpload(job.visit.id, sha256);
    const answer = await this.#line.ask({ method: "PUT", path: `/visits/${job.visit.id}/photos/${sha256}`, photo });
    if (answer.kind === "ok" && answer.body.sha256 === sha256) return this.#stored(job, sha256);
    if (answer.kind === "ok") return this.#hashAgain(job, sha256, row, photo, "digest.mismatch");
    if (answer.kind === "retry") return this.#later(job, sha256, row, answer.retryAfter);
    if (answer.kind === "heal") return this.#hashAgain(job, sha256, row, photo, answer.code);
    if (answer.kind === "retake" || answer.kind === "stop") return this.#refused(job, sha256, row, answer.code);
    return false;
  }

  async #stored(job, sha256) {
    await this.#outbox.noteUploads(job.visit.id, [sha256], { state: "stored", code: null, attempts: 0, next_at: 0 });
    return true;
  }

  async #later(job, sha256, { attempts, rounds }, retryAfter) {
    const next_at = this.#clock.now() + delay(attempts, this.#random, retryAfter);
    await this.#outbox.noteUploads(job.visit.id, [sha256], { state: "waiting", attempts: attempts + 1, rounds, next_at });
    return false;
  }

  /** Only a revision counts its rounds: an open visit has time. */
  async #hashAgain(job, sha256, row, photo, code) {
    if ((await digest(photo)) !== sha256) return this.#refused(job, sha256, row, "photo.damaged");
    const rounds = job.revision ? row.rounds + 1 : 0;
    return rounds < MOST_ROUNDS ? this.#later(job, sha256, { ...row, rounds }) : this.#refused(job, sha256, row, code);
  }

  /** The bytes have left this phone; that is well only if the server has them. */
  async #lost(job, sha256, row) {
    const answer = await this.#line.ask({ method: "POST", path: `/visits/${job.visit.id}/photos:missing`, json: { hashes: [sha256] } });
    if (answer.kind !== "ok") return false;
    const missing = answer.body.missing.includes(sha256);
    if (missing && (await this.#outbox.photo(sha256))) return false; // taken again meanwhile
    if (missing) return this.#refused(job, sha256, row, "photo.lost");
    await this.#outbox.noteUploads(job.visit.id, [sha256], { state: "stored", code: null });
    return true;
  }

  /** A photo is held to be bad for its own faults alone; what the server has against it now may pass. */
  async #refused(job, sha256, row, code) {
    if (OWN_FAULTS.has(code)) await this.#outbox.noteUploads(job.visit.id, [sha256], { state: "refused", code });
    else if (!job.revision) return this.#later(job, sha256, row, PATIENT_MS);
    if (job.revision) await this.#stop(job, code, { photo: sha256 }, false);
    return false;
  }

  // The revision

  async #revision(job) {
    const { revision } = job;
    if (!(await this.#outbox.beginSending(revision.visit, revision.revision))) return;
    const answer = await this.#line.ask({ method: "PUT", path: pathOf(revision), frozen: revision.bytes });
    if (answer.kind === "ok") return this.#accepted(job, answer);
    if (answer.kind === "retry") return this.#revisionLater(job, answer);
    if (answer.kind === "heal") return this.#heal(job, answer);
    if (answer.kind === "conflict") return this.#conflict(job);
    if (answer.kind === "stop") return this.#stop(job, answer.code, answer.body, proves(answer));
    return this.#note(job, { uncertain: revision.uncertain });
  }

  async #accepted(job, { body, text }) {
    const { revision } = job;
    const verdict = await checkReceipt(body, revision, await this.#keys(body?.key));
    if (verdict.code) return this.#stop(job, verdict.code, { receipt: body?.receipt ?? null }, false);
    const kept = { receipt: body.receipt, revision: revision.revision, body: text, signature: verdict.signature };
    await this.#outbox.keepReceipt(revision.visit, kept);
  }

  #revisionLater(job, answer) {
    const { attempts } = job.revision;
    return this.#note(job, { attempts: attempts + 1, next_at: this.#clock.now() + delay(attempts, this.#random, answer.retryAfter) });
  }

  async #heal(job, answer) {
    const rounds = job.revision.rounds + 1;
    const missing = answer.body.missing ?? [];
    const foreign = missing.some((sha256) => !job.revision.photos.includes(sha256));
    if (rounds > MOST_ROUNDS || foreign) return this.#stop(job, answer.code, { missing }, proves(answer));
    const damaged = answer.code === "digest.mismatch" && (await digest(job.revision.bytes)) !== job.revision.sha256;
    if (damaged) return this.#stop(job, "revision.damaged", null, false);
    job.revision = { ...job.revision, rounds, uncertain: proves(answer) ? false : job.revision.uncertain };
    await this.#note(job, { rounds, uncertain: job.revision.uncertain });
    if (missing.length) await this.#outbox.noteUploads(job.visit.id, missing, { state: "waiting" });
    missing.forEach((sha256) => job.uploads.set(sha256, { state: "waiting", attempts: 0, rounds: 0, next_at: 0 }));
    if (await this.#photos(job)) await this.#revision(job);
  }

  /** Other bytes stand under our number: another phone of this person was first, or ones of ours that were given up came late. */
  async #conflict(job) {
    const { revision } = job;
    const answer = await this.#line.ask({ path: `${pathOf(revision)}/receipt` });
    if (answer.kind !== "ok") return this.#revisionLater(job, answer);
    if (answer.body.sha256 === revision.sha256) return this.#accepted(job, answer);
    const signature = (await verify(answer.body, await this.#keys(answer.body.key))) === "valid" ? "valid" : "unchecked";
    const kept = { receipt: answer.body.receipt, revision: revision.revision, body: answer.text, signature };
    await this.#outbox.keepReceipt(revision.visit, kept);
  }

  #stop({ revision }, code, detail, proven = true) {
    return this.#outbox.attention(revision.visit, revision.revision, code, detail, proven ? false : revision.uncertain);
  }

  #note({ revision }, patch) {
    return this.#outbox.noteRevision(revision.visit, revision.revision, patch);
  }

  /** @param {Set<string>} there the hashes that the server has */
  #progress(job, there) {
    if (!job.revision) return;
    const sizes = new Map(job.visit.photos.map((photo) => [photo.sha256, photo.bytes]));
    const sum = (hashes) => hashes.reduce((bytes, sha256) => bytes + (sizes.get(sha256) ?? 0), 0);
    const bytes = { done: sum([...there]), total: sum(job.photos) };
    this.#tell({ visit: job.visit.id, done: there.size, total: job.photos.length, bytes });
  }
}

const pathOf = ({ visit, revision }) => `/visits/${visit}/revisions/${revision}`;

/**
 * Whether an answer shows that an earlier, unanswered attempt was not accepted: these come after the check for a
 * repetition.
 */
const proves = ({ status, code }) => (status === 409 || status === 422) && code !== "digest.mismatch";
