import { hasCome, hasPassed } from "../lib/clock.js";
import { Emitter } from "../lib/emitter.js";
import { backUp } from "./backup.js";
import { Slots, delay } from "./backoff.js";
import { Delivery } from "./delivery.js";
import { Line } from "./line.js";
import { Pull } from "./pull.js";

const CONFIRMED_MS = 30_000;
const SETTLE_MS = 20_000; // longer than a revision on its way may take
const QUIET = { state: "idle", paused: null, offline_since: null, next_at: null, sending: null, unsent: 0 };

/**
 * Sends what waits, one pass at a time, and says what is true meanwhile. It has no document, no network and no timer
 * of its own.
 * Events: `state` (SyncState, see README), `person` (somebody else is signed in), `server` (a fresh bootstrap came).
 */
export class Engine extends Emitter {
  #store; #clock; #lock; #random; #line; #pull; #delivery; #build;
  #failures = 0;
  #next = 0;
  #confirmed = -Infinity;
  #met = false;

  /**
   * @param {{transport: object, store: object, clock: {now(): number}, lock: (work: () => Promise<T>, patience?: number)
   *   => Promise<T|null>, random: () => number, width?: () => number, build?: string}} parts
   * `lock` runs the work and gives its result, or null where something is still being sent after `patience` ms; `width` is how many photos go
   * at once
   */
  constructor({ transport, store, clock, lock, random, width = () => 2, build = "0" }) {
    super();
    [this.#store, this.#clock, this.#lock, this.#random, this.#build] = [store, clock, lock, random, Number.parseInt(build, 10)];
    this.#line = new Line(transport, clock);
    this.#pull = new Pull({ line: this.#line, store, clock });
    const tell = (sending) => this.#say({ sending });
    const keys = (wanted) => this.#pull.keys(wanted);
    this.#delivery = new Delivery({ line: this.#line, outbox: store.outbox, clock, random, slots: new Slots(width), keys, tell });
    this.state = { ...QUIET };
  }

  /**
   * One pass over everything that is due.
   * @param {{fresh?: boolean, now?: boolean}} [options] `fresh`: back-off starts anew (online, foreground, a tap);
   *   `now`: drafts are copied rested or not
   * @returns {Promise<object>} the state afterwards; `next_at` is when to come again, or null
   */
  async run({ fresh = false, now = false } = {}) {
    await this.count();
    const ran = await this.#lock(() => this.#pass(fresh, now).then(() => true));
    if (!ran) await this.#rest(); // another tab sends; what is true is still shown here
    return this.state;
  }

  /** Says how many finished visits are not sent, before and whatever the network answers. */
  async count() {
    this.#say({ unsent: (await this.#store.unsent()).visits });
  }

  /**
   * Whose receipt is it: asks before a revision is frozen anew after a lost answer.
   * @returns {Promise<"accepted"|"free"|"unknown">}
   */
  async settle(visit) {
    if (!(await this.#store.revision(visit))?.uncertain) return "free";
    const settled = await this.#lock(() => this.#ask(visit), SETTLE_MS);
    if (settled === "accepted") await this.run({ fresh: true });
    return settled ?? "unknown";
  }

  /** Nothing is on its way now, but what was may have arrived. */
  async #ask(visit) {
    const row = await this.#store.revision(visit);
    if (row.state === "sent") return "accepted";
    if (!row.uncertain) return "free";
    this.#line.begin();
    const answer = await this.#line.ask({ path: `/visits/${visit}/revisions/${row.revision}/receipt` });
    if (answer.kind === "ok") {
      await this.#store.outbox.retry(visit); // the same bytes again bring the same receipt, checked like any other
      return "accepted";
    }
    this.#say({ paused: this.#line.paused });
    if (answer.status !== 404 || !answer.answered) return "unknown";
    await this.#store.outbox.noteRevision(visit, row.revision, { uncertain: false });
    return "free";
  }

  async #pass(fresh, now) {
    if (fresh) await this.#anew();
    if (!hasCome(this.#next, this.#clock.now())) return this.#rest();
    this.#line.begin();
    this.#line.resume();
    if (await this.#mayGo(fresh)) await this.#work(now);
    return this.#rest();
  }

  async #anew() {
    [this.#failures, this.#next] = [0, 0];
    await this.#store.outbox.resetWaiting();
  }

  /** Nothing leaves before it is clear that this store's person is the one who is signed in. */
  async #mayGo(fresh) {
    if (!fresh && !hasPassed(this.#confirmed, CONFIRMED_MS, this.#clock.now())) return true;
    const pulled = await this.#pull.run();
    if (pulled.kind === "retry" || pulled.kind === "broken") return this.#unreached(pulled);
    if (pulled.kind === "stop") this.#line.paused = "account.refused";
    if (pulled.kind !== "ok") return false;
    this.#contact();
    if (pulled.person?.id !== this.#store.person) return this.#other(pulled.person);
    if (pulled.minimum > this.#build) this.#line.paused = "client.too_old";
    [this.#confirmed, this.#met] = [this.#clock.now(), true];
    this.emit("server", null);
    return !this.#line.paused;
  }

  #unreached({ code, retryAfter }) {
    const failing = code !== "network"; // the server itself speaks: only its bootstrap is ill
    if (failing && this.#met) return true;
    this.#fail(retryAfter);
    return false;
  }

  #other(person) {
    [this.#confirmed, this.#met] = [-Infinity, false];
    this.#line.paused = "person.other";
    this.emit("person", person);
    return false;
  }

  async #work(now) {
    await this.#pull.follow();
    const jobs = await this.#store.outbox.jobs();
    this.#say({ state: "sending" });
    // One visit's trouble stays its own.
    const results = await Promise.allSettled(jobs.map((job) => this.#delivery.visit(job)));
    await backUp({ line: this.#line, outbox: this.#store.outbox, clock: this.#clock }, { now });
    const failed = results.find((result) => result.status === "rejected");
    if (this.#line.broken || failed) this.#fail(null);
    else this.#contact();
    if (this.#line.paused === "session.required") await this.#askAnew();
    await this.#pull.pictures().catch(() => {}); // no visit waits for one
    if (failed) throw failed.reason;
  }

  /** Asked as this store's person, the server knows nobody: is somebody else signed in? */
  async #askAnew() {
    [this.#confirmed, this.#met] = [-Infinity, false];
    this.#line.resume();
    await this.#mayGo(true);
  }

  #fail(retryAfter) {
    this.#next = this.#clock.now() + delay(this.#failures, this.#random, retryAfter);
    this.#failures += 1;
    if (this.#line.broken && !this.state.offline_since) this.#say({ offline_since: new Date(this.#clock.now()).toISOString() });
  }

  #contact() {
    [this.#failures, this.#next] = [0, 0];
    if (this.state.offline_since) this.#say({ offline_since: null });
  }

  async #rest() {
    const jobs = await this.#store.outbox.jobs();
    const [{ visits: unsent }, paused] = [await this.#store.unsent(), this.#line.paused];
    if (paused) this.#confirmed = -Infinity;
    const times = jobs.map(dueAt).filter((at) => at !== null);
    if (this.#failures && jobs.length) times.push(this.#next); // an open visit's copy comes again too
    const next_at = times.length && !paused ? Math.max(this.#next, this.#clock.now(), Math.min(...times)) : null;
    this.#say({ state: paused ? "paused" : unsent && next_at ? "waiting" : "idle", paused, next_at, sending: null, unsent });
  }

  #say(change) {
    this.state = { ...this.state, ...change };
    this.emit("state", this.state);
  }
}

/** When there is something to do for a visit; null for an open one with nothing to try again. */
const dueAt = ({ revision, photos, uploads }) => {
  const rows = photos.map((sha256) => uploads.get(sha256)).filter((row) => row?.state !== "stored");
  const tried = rows.filter((row) => row?.state === "waiting" && row.attempts > 0);
  if (!revision) return tried.length ? Math.min(...tried.map((row) => row.next_at)) : null;
  return Math.max(revision.next_at, rows.length ? Math.min(...rows.map((row) => row?.next_at ?? 0)) : 0);
};
