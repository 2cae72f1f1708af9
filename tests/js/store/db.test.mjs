import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { Database } from "../../../static/js/store/db.js";
import { StoreError } from "../../../static/js/lib/errors.js";

const fault = (name) => new DOMException(name, name);

/** A connection whose next operations fail as told; what a transaction wrote is there only when it completes. */
const disk = () => {
  const rows = new Map();
  const told = { transaction: [], put: () => null, opened: 0, closed: 0, hang: 0, mute: 0, ending: 0, puts: 0 };
  const transaction = () => {
    const failing = told.transaction.shift();
    if (failing) throw fault(failing);
    const written = new Map();
    const mute = told.mute > 0 && told.mute--;
    let aborted = false;
    const put = async (value, key) => {
      told.puts += 1;
      if (mute && !told.ending) await new Promise(() => {});
      const failure = told.put(key);
      if (failure) throw fault(failure);
      written.set(key, value);
    };
    const objectStore = () => ({
      put, get: async (key) => rows.get(key), getKey: async (key) => (rows.has(key) ? key : undefined), delete: async (key) => { rows.delete(key); },
    });
    const done = new Promise((resolve) => { if (!mute || told.ending) setTimeout(resolve, told.ending || 1); }).then(() => {
      if (aborted) throw fault("AbortError");
      written.forEach((value, key) => rows.set(key, value));
    });
    const abort = () => {
      if (told.ending) throw fault("InvalidStateError");
      aborted = true;
    };
    return { objectStore, done, error: null, abort };
  };
  const connect = async (_name, _version, events) => {
    told.opened += 1;
    told.events = events;
    if (told.hang > 0) { told.hang -= 1; return new Promise(() => {}); }
    return { transaction, close: () => { told.closed += 1; } };
  };
  const troubles = [];
  return { rows, told, troubles, db: new Database("d", { version: 1, upgrade() {}, onTrouble: (code) => troubles.push(code), connect }) };
};
/** Lets `seconds` pass for the timers alone. */
const pass = async (seconds, meanwhile = () => {}) => {
  for (let i = 0; i < seconds; i += 1) {
    meanwhile();
    mock.timers.tick(1000);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
};
const put = (db, key, options) => db.write(["meta"], (tx) => tx.objectStore("meta").put(1, key), options);

test("a write resolves only when its transaction is complete", async () => {
  const { db, rows } = disk();
  await put(db, "a");
  assert.ok(rows.has("a"));
});

test("a refusal in the middle takes everything back and keeps its code", async () => {
  const { db, rows } = disk();
  const work = async (tx) => { await tx.objectStore("meta").put(1, "a"); throw new StoreError("visit.finished"); };
  await assert.rejects(db.write(["meta"], work), { code: "visit.finished" });
  assert.equal(rows.size, 0);
});

test("a connection the browser closed is opened anew and the whole work repeated once", async () => {
  for (const name of ["InvalidStateError", "UnknownError", "AbortError"]) {
    const { db, rows, told } = disk();
    told.transaction = [name];
    await put(db, "a");
    assert.ok(rows.has("a"));
    assert.equal(told.opened, 2);
  }
});

test("a connection that stays lost is said so, and comes back with the next call", async () => {
  const { db, rows, told } = disk();
  told.transaction = ["UnknownError", "UnknownError"];
  await assert.rejects(put(db, "a"), { code: "storage.lost" });
  await put(db, "b");
  assert.ok(rows.has("b"));
});

test("a full disk costs the ballast before it costs an answer, and a photo costs neither", async () => {
  const { db, rows, told, troubles } = disk();
  await db.loadBallast();
  told.put = () => (rows.has("reserve") ? "QuotaExceededError" : null);
  await assert.rejects(put(db, "photo", { spare: true }), { code: "storage.full" });
  assert.ok(rows.has("reserve"));
  await put(db, "answer");
  assert.deepEqual([rows.has("answer"), rows.has("reserve")], [true, false]);
  assert.deepEqual(troubles, ["storage.full", "storage.full"]);
});

test("with the ballast gone a full disk is said so", async () => {
  const { db, told } = disk();
  told.put = () => "QuotaExceededError";
  await assert.rejects(put(db, "answer"), { code: "storage.full" });
});

test("an opening that never answers is tried once more, then said so", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { db, told } = disk();
  told.hang = 2;
  const failing = assert.rejects(db.read(["meta"], async () => 1), { code: "storage.lost" });
  await pass(30);
  await failing;
  mock.timers.reset();
  assert.equal(told.opened, 2);
  assert.equal(await db.read(["meta"], async () => 1), 1, "and again with the next call");
});

test("an opening that an older tab holds up is said so, not taken for a broken phone", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { db, told } = disk();
  told.hang = 2;
  const failing = assert.rejects(db.read(["meta"], async () => 1), { code: "storage.blocked" });
  await pass(30, () => told.events?.blocked());
  await failing;
  mock.timers.reset();
});

test("a transaction that never answers is taken back and repeated once, on a fresh connection", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { db, rows, told } = disk();
  told.mute = 1;
  const writing = put(db, "a");
  await pass(30);
  await writing;
  mock.timers.reset();
  assert.deepEqual([rows.has("a"), told.opened, told.closed, told.puts], [true, 2, 1, 2]);
});

test("a storage that stays mute is said to be lost, and comes back with the next call", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { db, rows, told } = disk();
  told.mute = 2;
  const failing = assert.rejects(put(db, "a"), { code: "storage.lost" });
  await pass(30);
  await failing;
  assert.deepEqual([rows.size, told.puts], [0, 2]);
  const next = put(db, "b");
  await pass(3);
  await next;
  mock.timers.reset();
  assert.equal(rows.has("b"), true, "on a connection that does answer");
  assert.equal(told.opened, 3);
});

test("what is on its way to the disk is waited for and never written twice, and said to be lost if it never comes", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [slow, never] = [disk(), disk()];
  Object.assign(slow.told, { mute: 1, ending: 15_000 });
  Object.assign(never.told, { mute: 1, ending: 90_000 });
  const [writing, failing] = [put(slow.db, "a"), assert.rejects(put(never.db, "a"), { code: "storage.lost" })];
  await pass(30);
  await Promise.all([writing, failing]);
  mock.timers.reset();
  assert.deepEqual([slow.rows.has("a"), slow.told.puts, never.told.puts], [true, 1, 1]);
});

test("where there is no room for the reserve it is said once, and the reserve tells", async () => {
  const { db, told, troubles } = disk();
  told.put = () => "QuotaExceededError";
  assert.equal(await db.loadBallast(), false);
  told.put = () => null;
  assert.equal(await db.loadBallast(), true);
  assert.equal(await db.loadBallast(), false, "it is there");
  assert.deepEqual(troubles, ["storage.full"]);
});

test("another tab with a newer version is let through, and a blocked one is told", async () => {
  const { db, told, troubles } = disk();
  await put(db, "a");
  told.events.blocking();
  told.events.blocked();
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual([told.closed, troubles], [1, ["storage.blocked"]]);
  await put(db, "b");
  assert.equal(told.opened, 2);
});
