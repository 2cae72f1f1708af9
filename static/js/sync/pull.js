import { hasPassed } from "../lib/clock.js";

const CLOCK_RESOLUTION_MS = 500; // the Date header counts whole seconds
const KNOWN_BATCH = 200;
const KNOWN_EVERY_MS = 24 * 3600 * 1000;
const PICTURES_EVERY_MS = 600_000;
const PICTURES_MS = 5000; // what is finished meanwhile waits no longer

const pathOf = ({ slug, version }) => `/questionnaires/${encodeURIComponent(slug)}/${version}`;

/**
 * Fetches what the phone needs to work alone: bootstrap, definitions, reference photos, receipt keys; and asks whether the server still
 * knows our receipts.
 */
export class Pull {
  #line; #store; #clock;
  #reconciled = -Infinity;
  #missed = new Map(); // visit -> the rev whose copy was missed last
  #pictured = new Map(); // version -> when its reference photos were all asked for

  /** @param {{line: object, store: object, clock: {now(): number}}} parts */
  constructor({ line, store, clock }) {
    [this.#line, this.#store, this.#clock] = [line, store, clock];
  }

  /**
   * @returns {Promise<{kind: string, code: string, person: object|null}>} `person` is whoever is signed in, this
   *   store's or not
   */
  async run() {
    const kept = await this.#store.meta("bootstrap");
    const answer = await this.#line.ask({ path: "/bootstrap", etag: kept?.etag ?? null });
    if (answer.kind !== "ok") return { kind: answer.kind, code: answer.code, person: null, retryAfter: answer.retryAfter ?? null };
    const body = answer.status === 304 ? kept?.body : answer.body;
    if (!body?.person || body.person.id !== this.#store.person) return { kind: "ok", code: "", person: body?.person ?? null };
    await this.#noteClock(answer);
    await this.#missCopies(body);
    if (answer.status !== 304) await this.#store.putBootstrap({ etag: answer.etag, body, at: new Date(this.#clock.now()).toISOString() });
    return { kind: "ok", code: "", person: body.person, minimum: body.minimum_build };
  }

  /** What may take longer, once it is clear who is signed in. */
  async follow() {
    await this.#definitions();
    await this.#reconcile();
  }

  /**
   * How it should look, after all else: each photo that a version names and the phone lacks. One that the server does not
   * have either, or for which there is no room, is asked for again after ten minutes; any other, with the next pass.
   */
  async pictures() {
    const until = this.#clock.now() + PICTURES_MS;
    for (const wanted of await this.#wanted()) {
      const path = pathOf(wanted);
      const due = hasPassed(this.#pictured.get(path) ?? -Infinity, PICTURES_EVERY_MS, this.#clock.now());
      const absent = due && (await this.#store.absentPictures(wanted));
      if (!absent) continue;
      for (const sha256 of absent) {
        const answer = await this.#line.ask({ path: `${path}/photos/${sha256}`, raw: true });
        if (answer.kind === "ok") await this.#store.putPicture(sha256, answer.bytes).catch(() => {});
        else if (answer.status !== 404) return;
        if (this.#clock.now() > until) return;
      }
      this.#pictured.set(path, this.#clock.now());
    }
  }

  /**
   * The server's keys; asked again when a receipt names one that is not here.
   * @param {string} [wanted]
   * @returns {Promise<object[]>}
   */
  async keys(wanted) {
    const kept = (await this.#store.meta("receipt_keys")) ?? [];
    if (kept.length && (!wanted || kept.some((key) => key.key === wanted))) return kept;
    const answer = await this.#line.ask({ path: "/receipt-keys" });
    if (answer.kind !== "ok" || !Array.isArray(answer.body.keys)) return kept;
    await this.#store.setMeta("receipt_keys", answer.body.keys);
    return answer.body.keys;
  }

  async #noteClock({ date, at, took }) {
    if (!date || took < 0) return; // the phone's clock was set meanwhile
    const offset = Math.round(date + CLOCK_RESOLUTION_MS - (at + took / 2));
    await this.#store.setMeta("clock", { server_offset_ms: offset, measured_at: new Date(at).toISOString() });
  }

  /** After a restored backup the server may have lost copies that it took. One that it never wanted is offered once more only. */
  async #missCopies({ drafts = [] }) {
    const { outbox } = this.#store;
    for (const { id, device } of await outbox.onlyHere()) {
      const [made, there] = [await outbox.backedUp(id), drafts.find((draft) => draft.visit === id && draft.device === device)];
      if ((there?.rev ?? 0) >= made || this.#missed.get(id) === made) continue;
      this.#missed.set(id, made);
      await outbox.copyAgain(id);
    }
  }

  /** The versions of planned visits and those that visits may be started with. */
  async #wanted() {
    const body = await this.#store.bootstrap();
    return [...(body?.assignments ?? []).map((assignment) => assignment.questionnaire), ...(body?.questionnaires ?? [])];
  }

  async #definitions() {
    for (const wanted of await this.#store.absentDefinitions(await this.#wanted())) {
      const answer = await this.#line.ask({ path: pathOf(wanted), raw: true });
      if (answer.kind === "ok") await this.#keepDefinition(wanted, answer.bytes);
    }
  }

  // A damaged one is not kept and so asked for again; the others matter more than the failure.
  async #keepDefinition({ slug, version, sha256 }, bytes) {
    await this.#store.putDefinition({ slug, version, sha256 }, bytes).catch((error) => {
      if (error.code !== "questionnaire.damaged") throw error;
    });
  }

  /** After a restored backup the server may have forgotten what it signed. */
  async #reconcile() {
    if (!hasPassed(this.#reconciled, KNOWN_EVERY_MS, this.#clock.now())) return;
    const receipts = await this.#store.outbox.receiptIds();
    for (let from = 0; from < receipts.length; from += KNOWN_BATCH) {
      const json = { receipts: receipts.slice(from, from + KNOWN_BATCH) };
      const answer = await this.#line.ask({ method: "POST", path: "/receipts:known", json });
      if (answer.kind !== "ok" || !Array.isArray(answer.body.unknown)) return;
      if (answer.body.unknown.length) await this.#store.outbox.sendAgain(answer.body.unknown);
    }
    this.#reconciled = this.#clock.now();
  }
}
