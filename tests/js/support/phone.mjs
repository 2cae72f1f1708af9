import { createHash } from "node:crypto";
import { MemoryDatabase } from "./memory-db.mjs";
import { Engine } from "../../../static/js/sync/engine.js";
import { finish } from "../../../static/js/sync/finish.js";
import { Store } from "../../../static/js/store/store.js";

export const QUESTIONNAIRE = {
  schema: 1, slug: "shop", version: 1, languages: ["en"], title: { en: "Shop" }, purpose: "visit",
  scoring: { mode: "points", show_to_inspector: true },
  sections: [{ key: "look", title: { en: "Look" }, questions: [
    { key: "clean", kind: "yes_no", text: { en: "Clean?" }, points: "4", photos: { min: 0, max: 9 } },
    { key: "why", kind: "text", text: { en: "Why not?" }, required: false, shown_if: { question: "clean", is: false } },
    { key: "greeted", kind: "duration", text: { en: "Greeted" }, required: false, points: "2", bands: [{ up_to: "60", points: "2" }, { points: "0" }] },
  ] }],
};
const BYTES = new TextEncoder().encode(JSON.stringify(QUESTIONNAIRE)).buffer;
export const PINNED = { slug: "shop", version: 1, sha256: createHash("sha256").update(new Uint8Array(BYTES)).digest("hex") };

/** A picture file as a picker hands it over. */
export const picture = (text) => new Blob([text.padEnd(100, ".")]);

// The bytes as they are: what makes them small needs a browser.
export const asTheyAre = async (bytes) => ({
  bytes, sha256: createHash("sha256").update(new Uint8Array(bytes)).digest("hex"), width: 800, height: 600, type: "image/jpeg", thumbnail: new ArrayBuffer(8),
});

/** One person's phone against a server, with a clock that only tests move. */
export const makePhone = async (server, { person = "amira", build = "1-test", width, transport = server, shrink = asTheyAre } = {}) => {
  const database = new MemoryDatabase();
  const store = new Store(person, database, shrink);
  const clock = { at: Date.now(), now: () => clock.at };
  const parts = { store, clock, lock: makeLock(), random: () => 0.5, build, ...(width ? { width } : {}) };
  const engine = new Engine({ transport, ...parts });
  server.bootstrap.questionnaires = [{ ...PINNED, title: { en: "Shop" }, unplanned: true }];
  server.definitions.set("shop@1", BYTES);
  await store.putDefinition(PINNED, BYTES);

  const phone = {
    database, store, clock, engine,
    /** The same phone after the app was killed: what was in memory is gone. */
    restarted: () => Object.assign(phone, { engine: new Engine({ transport, ...parts }) }),
    visit: async (photos = 0) => {
      const { id } = await store.startVisit({ site: "s1", questionnaire: PINNED });
      await store.answer(id, "clean", { value: true });
      for (let i = 0; i < photos; i += 1) await store.addPhoto(id, "clean", picture(`${id}-${i}`), { source: "camera" });
      return id;
    },
    finish: (id) => finish(store, id, { person, build }),
    card: async (id) => (await store.listVisits()).find((card) => card.visit === id),
    /** Passes until nothing waits or a person must act. */
    drain: async (passes = 60) => {
      for (let i = 0; i < passes; i += 1) {
        await engineRun(phone);
        if (phone.engine.state.next_at === null) return i + 1;
        clock.at = Math.max(clock.at + 1000, phone.engine.state.next_at);
      }
      return passes;
    },
  };
  return phone;
};

/** One at a time, as `underLock` has it: who has no patience goes away where another is at it. */
const makeLock = () => {
  let busy = null;
  return async (work, patience = 0) => {
    if (busy && !patience) return null;
    while (busy) await busy;
    const working = work();
    busy = working.then(() => {}, () => {}).finally(() => { busy = null; });
    return working;
  };
};

const engineRun = (phone) => phone.engine.run();
