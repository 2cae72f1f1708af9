import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { QUESTIONNAIRE } from "../support/phone.mjs";
import { isRevision, world } from "../support/world.mjs";

const [TIDY, SIGN] = ["a".repeat(64), "b".repeat(64)];
const PICTURE = /^GET .*\/photos\//;
const isPicture = ({ method, path }) => method === "GET" && path.includes("/photos/");

/** A phone that is offered a version whose questions name two reference photos; the server has the first. */
const picturing = async () => {
  const made = await world();
  const [section] = QUESTIONNAIRE.sections;
  const [clean, why, greeted] = section.questions;
  const questions = [{ ...clean, reference_photo: TIDY }, why, { ...greeted, reference_photo: SIGN }];
  const bytes = new TextEncoder().encode(JSON.stringify({ ...QUESTIONNAIRE, version: 2, sections: [{ ...section, questions }] })).buffer;
  const sha256 = createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
  made.server.definitions.set("shop@2", bytes);
  made.server.bootstrap.questionnaires.push({ slug: "shop", version: 2, sha256, title: { en: "Shop" }, unplanned: true });
  made.server.pictures.set(TIDY, new Uint8Array([1, 2, 3]).buffer);
  return made;
};

const bytesOf = async (store, sha256) => (await store.thumbnail(sha256))?.byteLength ?? null;

test("reference photos come with the questionnaires that name them and stay", async () => {
  const { server, phone } = await picturing();
  server.pictures.set(SIGN, new ArrayBuffer(5));
  await phone.engine.run({ fresh: true });
  assert.deepEqual([await bytesOf(phone.store, TIDY), await bytesOf(phone.store, SIGN)], [3, 5]);
  phone.clock.at += 3600 * 1000;
  await phone.engine.run({ fresh: true });
  assert.equal(server.sent(PICTURE), 2, "each once");
  assert.equal((await phone.store.listVisits()).length, 0, "no list knows of them");
  assert.deepEqual(await phone.store.absentDefinitions([{ slug: "shop", version: 2 }]), []);
});

test("a photo that the server lacks is asked for again, but not with every pass", async () => {
  const { server, phone } = await picturing();
  for (let pass = 0; pass < 5; pass += 1) await phone.engine.run({ fresh: true });
  assert.deepEqual([server.sent(PICTURE), await bytesOf(phone.store, SIGN)], [2, null]);
  server.pictures.set(SIGN, new ArrayBuffer(5));
  phone.clock.at += 600_000;
  await phone.engine.run({ fresh: true });
  assert.deepEqual([server.sent(PICTURE), await bytesOf(phone.store, SIGN)], [3, 5]);
});

for (const fault of ["dropped", "503 store.busy", "500 server.broken"]) {
  test(`a photo that does not come (${fault}) holds up no visit and comes with a later pass`, async () => {
    const { server, phone } = await picturing();
    server.fault = (request) => (isPicture(request) ? fault : null);
    const id = await phone.visit(1);
    await phone.finish(id);
    await phone.engine.run({ fresh: true });
    assert.equal((await phone.card(id)).state, "sent");
    assert.deepEqual([phone.engine.state.state, phone.engine.state.offline_since, server.sent(PICTURE)], ["idle", null, 1]);
    server.fault = () => null;
    await phone.engine.run();
    assert.equal(await bytesOf(phone.store, TIDY), 3);
  });
}

test("a questionnaire that comes with a later pass brings its photos along", async () => {
  const { server, phone } = await picturing();
  server.fault = ({ path }) => (path === "/questionnaires/shop/2" ? "503 store.busy" : null);
  await phone.engine.run({ fresh: true });
  assert.equal(server.sent(PICTURE), 0);
  server.fault = () => null;
  await phone.engine.run({ fresh: true });
  assert.equal(await bytesOf(phone.store, TIDY), 3);
});

test("a full phone sends its visits and goes without the photos", async () => {
  const { server, phone } = await picturing();
  const id = await phone.visit();
  await phone.finish(id);
  phone.store.putPicture = async () => { throw Object.assign(new Error("storage.full"), { code: "storage.full" }); };
  for (let pass = 0; pass < 5; pass += 1) await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
  assert.equal(server.sent(PICTURE), 2, "not with every pass");
});

test("whatever breaks about the photos, the pass ends as it should", async () => {
  const { phone } = await picturing();
  phone.store.absentPictures = async () => { throw new Error("broken"); };
  await phone.engine.run({ fresh: true });
  assert.equal(phone.engine.state.state, "idle");
});

test("visits go before photos, and slow photos leave room for the next ones", async () => {
  const { server, phone } = await picturing();
  server.fault = (request) => {
    if (isPicture(request)) phone.clock.at += 6000;
    return null;
  };
  await phone.finish(await phone.visit(1));
  await phone.engine.run({ fresh: true });
  const sent = server.requests.findIndex((line) => isRevision({ method: line.slice(0, 3), path: line }));
  const asked = server.requests.findIndex((line) => PICTURE.test(line));
  assert.ok(sent >= 0 && sent < asked);
  assert.equal(server.sent(PICTURE), 1, "the second waits for the next pass");
});
