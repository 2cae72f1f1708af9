import { Emitter } from "../lib/emitter.js";
import { build, deviceId, owesSignOut, rememberPerson } from "../lib/device.js";
import { shortDate } from "../lib/format.js";
import { language } from "../lib/i18n.js";
import { whenIdle } from "../lib/idle.js";
import { listenForInstall } from "../lib/install.js";
import { watchPlace } from "../lib/place.js";
import { firstLanguage, keepSpoken, speak } from "../lib/speak.js";
import { endSession, leave, maybeSignedIn, note, whoIsIn } from "./signing.js";
import { Transport } from "./transport.js";
import { Update } from "./update.js";

const PATIENCE_MS = 3000;
const IDLE = { state: "idle", paused: null, offline_since: null, next_at: null, sending: null, unsent: 0 };

/** Starts the app: storage, the last person's store, the sending, the worker. Never rejects. @returns {Promise<App>} */
export const start = async () => {
  const app = new App();
  listenForInstall();
  keepSpoken();
  // Without an answer the screen says so; it is not left empty.
  await Promise.race([Promise.all([app.speak(firstLanguage()), app.begin()]), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);
  return app;
};

/**
 * What the screens talk to. README.md lists every member. The store and the sending come only once there is somebody
 * to keep things for.
 */
class App extends Emitter {
  #transport; #engine; #loop;
  #visit = null;
  #stopPlace = () => {};
  #asked = false;
  #greeting = null;
  phase = "opening";
  reason = null;
  person = null;
  store = null;
  sync = IDLE;
  storageFull = false;
  signInUrl = "/sign-in?next=/app/";
  update = new Update({ mayApply: () => this.#mayReload(), tell: () => this.emit("update", null) });

  async begin() {
    try {
      this.#transport = new Transport({ device: deviceId(), build: build() });
      const person = await whoIsIn();
      await (person ? this.#enter(person) : this.#greet());
    } catch (error) {
      this.#closedBy(error);
    }
    for (const name of ["online", "pageshow"]) addEventListener(name, () => this.#greet());
    whenIdle().then(() => this.update.start());
  }

  /** In place: whatever is open stays open. @param {string} wanted */
  speak(wanted) { return speak(wanted, () => this.emit("app", null)); }

  // Visits

  async review(visit) { return (await import("./review.js")).review(this.store, visit); }

  /** Fetches what finishing needs, while there may still be a server to ask. */
  prepareFinish() { return Promise.allSettled([import("./finish.js"), import("./phone.js")]); }

  async finish(visit) {
    const { finish } = await import("./finish.js");
    const record = await finish(this.store, visit, { person: this.person.id, build: build() });
    await this.#engine.count();
    this.#loop.kick({ fresh: true });
    return record;
  }

  async reopen(visit) {
    const { reopen } = await import("./reopen.js");
    return reopen({ store: this.store, engine: this.#engine, transport: this.#transport }, visit);
  }

  async restore(visit, device) {
    const { restoreDraft } = await import("./restore.js");
    return restoreDraft({ store: this.store, transport: this.#transport }, visit, device);
  }

  /** @param {string[]|null} visits null: all that is not sent @param {(progress: object) => void} tell */
  async exportVisits(visits, tell) {
    const { exportVisits, unsentVisits } = await import("./export.js");
    const about = { person: this.person, device: deviceId(), build: build(), tell };
    return exportVisits(this.store, visits ?? (await unsentVisits(this.store)), about);
  }

  /** Free space for another visit in bytes, after what the server has was let go; null where there is enough or nobody knows. */
  async shortOfSpace() { return (await import("./phone.js")).shortOfSpace(this.store); }

  opened(visit) {
    this.#putAway();
    this.#visit = visit;
    const { store } = this;
    this.#stopPlace = watchPlace((fix) => this.#checkIn(store, visit, fix));
  }

  closed() {
    this.#putAway();
    this.update.consider();
    if (this.sync.paused === "person.other") this.#loop?.kick({ fresh: true });
  }

  // Sending

  sendNow() { return this.#loop?.kick({ fresh: true, now: true }); }

  async retry(visit) {
    await this.store.outbox.retry(visit);
    await this.sendNow();
  }

  async refresh() {
    await this.sendNow();
    return this.sync.offline_since === null && this.sync.paused === null;
  }

  // People and the phone

  async signOut() {
    leave();
    this.#leave();
    this.#say("sign_in");
    return endSession(this.#transport);
  }

  async others() { return (await import("./phone.js")).othersHere(this.person?.id ?? null); }
  async phone() { return (await import("./phone.js")).phoneFacts(this); }

  /** Asks who is signed in where nobody's store is open. */
  #greet() {
    if (this.store || this.phase === "no_storage") return null;
    this.#greeting ??= this.#meet().catch((error) => this.#closedBy(error))
      .finally(() => { this.#greeting = null; });
    return this.#greeting;
  }

  async #meet() {
    if (owesSignOut() && !(await endSession(this.#transport))) return this.#say("sign_in");
    if (!(await maybeSignedIn())) return this.#say("sign_in");
    const [answer] = await Promise.all([this.#transport.request({ path: "/bootstrap" }), import("./sending.js").catch(() => null)]);
    if (!answer.answered) return this.#say("offline");
    if (answer.status !== 200) return this.#say("sign_in");
    await this.#enter(answer.body.person.id, { etag: answer.etag, body: answer.body, at: new Date().toISOString() });
  }

  async #enter(id, fresh = null) {
    const { checkStorage, makeSending, openStore } = await import("./sending.js");
    this.#transport = this.#transport.of(id);
    if (fresh) await checkStorage();
    const opening = openStore(id, { onTrouble: (code) => this.#trouble(code) });
    shortDate(Date.now(), null); // the first date takes a phone as long as the storage, so both at once
    const store = await opening;
    if (fresh) await this.#keepFresh(store, fresh);
    rememberPerson(id);
    const person = store.listed?.bootstrap?.person ?? { id, name: "", language: firstLanguage() };
    await this.speak(person.language);
    [this.store, this.person] = [store, person];
    store.on("changed", (visit) => this.#changed(visit));
    store.on("room", () => this.#roomAgain());
    const onError = (error) => this.#trouble(error.code ?? "storage.lost");
    this.#listen(makeSending({ transport: this.#transport, store, build: build(), onError }));
    this.#say("ready");
    whenIdle().then(() => this.#settle(store, checkStorage)).catch((error) => this.#closedBy(error));
  }

  async #keepFresh(store, bootstrap) {
    await store.putBootstrap(bootstrap);
    await note(store.person).catch(() => null); // without it the app goes on
    await store.listVisits();
  }

  #listen({ engine, loop }) {
    [this.#engine, this.#loop] = [engine, loop];
    engine.on("state", (state) => this.#synced(state));
    engine.on("person", (person) => this.#somebodyElse(person));
    engine.on("server", () => this.#refreshPerson());
  }

  /** What the first screen does not wait for. */
  async #settle(store, checkStorage) {
    if (this.store !== store) return;
    this.#loop.start();
    this.#makeRoom({ all: this.storageFull }).catch(() => {});
    await checkStorage();
  }

  // A module that did not arrive is the network's doing; everything else is the storage's.
  #closedBy(error) {
    if (error instanceof TypeError && typeof error.code !== "string") this.#say("offline");
    else this.#say("no_storage", typeof error.code === "string" ? error.code : "storage.unusable");
  }

  #putAway() {
    this.#visit = null;
    this.#stopPlace();
  }

  #leave() {
    this.#putAway();
    this.#loop?.stop();
    this.store?.close();
    [this.store, this.person, this.#loop, this.sync] = [null, null, null, IDLE];
  }

  async #somebodyElse(person) {
    if (!person || this.#visit) return; // an open draft stays on the screen; nothing is sent meanwhile
    this.#leave();
    await this.#greet();
  }

  async #refreshPerson() {
    const person = (await this.store?.bootstrap())?.person;
    if (!person || (person.language === language() && JSON.stringify(person) === JSON.stringify(this.person))) return;
    this.person = person;
    await this.speak(person.language);
    this.emit("app", null);
  }

  async #checkIn(store, visit, fix) {
    if (fix.lat === undefined) return;
    const record = await store.loadVisit(visit).catch(() => null);
    if (record?.state !== "draft" || record.locations.some((place) => place.event === "check_in")) return;
    await store.addLocation(visit, "check_in", fix).catch(() => {});
  }

  #changed(visit) {
    if (!this.#asked && visit) navigator.storage?.persist?.().catch(() => {});
    this.#asked ||= Boolean(visit);
    this.emit("visits", { visit });
  }

  #synced(state) {
    this.sync = state;
    this.emit("sync", state);
    if (this.storageFull && state.state === "idle") this.#makeRoom({ all: true }).catch(() => {});
    this.update.consider();
  }

  #trouble(code) {
    const news = code === "storage.full" && !this.storageFull; // said once: making room may itself find none
    this.storageFull ||= news;
    if (news) this.#makeRoom({ all: true }).catch(() => {});
    this.emit("storage", { code });
  }

  /** Lets go what the server has, and sees whether the phone is still full. */
  async #makeRoom({ all }) {
    const { store } = this;
    const gone = await store?.purge({ all });
    if ((await store?.reserve()) || gone) this.#roomAgain();
  }

  #roomAgain() {
    if (!this.storageFull) return;
    this.storageFull = false;
    this.emit("storage", { code: null });
  }

  #mayReload() {
    return this.#visit === null && this.sync.sending === null && this.sync.unsent === 0 && !this.store?.adding.size;
  }

  #say(phase, reason = null) {
    [this.phase, this.reason] = [phase, reason];
    this.emit("app", null);
  }
}
