import assert from "node:assert/strict";
import test from "node:test";
import { failing, isRevision, world } from "../support/world.mjs";

test("a finished visit arrives with all its photos and is then sent, with a signed receipt", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(3);
  await phone.finish(id);
  await phone.drain();
  const card = await phone.card(id);
  assert.equal(card.state, "sent");
  assert.equal(server.photos.get(id).size, 3);
  assert.equal((await phone.store.receipt(id))[0].signature, "valid");
  assert.equal(phone.engine.state.unsent, 0);
});

test("the revision leaves only after its photos", async () => {
  const { server, phone } = await world();
  await phone.finish(await phone.visit(4));
  await phone.drain();
  const order = server.requests.filter((line) => line.startsWith("PUT") && !line.endsWith("/draft"));
  assert.match(order.at(-1), /revisions\/1$/);
  assert.equal(order.filter((line) => line.includes("/photos/")).length, 4);
});

test("photos go up and the draft is copied while the visit is open", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(2);
  phone.clock.at += 10_000;
  await phone.engine.run();
  assert.equal(server.photos.get(id).size, 2);
  assert.equal([...server.drafts.get(id).values()][0].snapshot.answers.clean.value, true);
  assert.equal((await phone.card(id)).state, "draft");
});

test("a draft is copied only after it has rested, and once for each change", async () => {
  const { server, phone } = await world();
  await phone.visit();
  await phone.engine.run();
  assert.equal(server.sent(/draft$/), 0);
  phone.clock.at += 10_000;
  await phone.engine.run();
  await phone.engine.run();
  assert.equal(server.sent(/draft$/), 1);
});

test("a visit that was refused has its copy too, as long as only this phone has it", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  server.fault = failing(isRevision, "422 revision.invalid");
  await phone.finish(id);
  phone.clock.at += 10_000;
  await phone.engine.run();
  assert.equal((await phone.card(id)).state, "attention");
  const [{ snapshot }] = [...server.drafts.get(id).values()];
  assert.equal(snapshot.answers.clean.value, true);
  await phone.store.outbox.retry(id);
  await phone.drain();
  await phone.engine.run({ now: true });
  assert.deepEqual([(await phone.card(id)).state, server.sent(/draft$/)], ["sent", 1]);
});

test("an answer that was lost after the server committed makes no second visit", async () => {
  const { server, phone } = await world();
  server.fault = failing(isRevision, "lost", 3);
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  assert.equal(server.counts.accepted, 1);
});

test("whatever the network does, nothing is lost and nothing is doubled", async () => {
  const faults = ["lost", "dropped", "html", "500 server.error", "503 server.busy 2", "401 session.required", "429 rate.limited 1", "507 server.full", null, null, null];
  for (let seed = 1; seed <= 25; seed += 1) {
    const draw = randomFrom(seed);
    const { server, phone } = await world();
    server.fault = () => faults[Math.floor(draw() * faults.length)];
    const ids = [await phone.visit(4), await phone.visit(0), await phone.visit(2)];
    for (const id of ids) await phone.finish(id);
    for (let pass = 0; pass < 120; pass += 1) {
      if (pass === 80) server.fault = () => null; // the network is well again
      await phone.engine.run();
      phone.clock.at = Math.max(phone.clock.at + 31_000, phone.engine.state.next_at ?? 0);
      if (draw() < 0.3) phone.restarted();
    }
    const cards = await phone.store.listVisits();
    assert.deepEqual(cards.map((card) => card.state), ["sent", "sent", "sent"], `seed ${seed}`);
    assert.equal(server.counts.accepted, 3, `seed ${seed}`);
    assert.deepEqual(ids.map((id) => server.photos.get(id)?.size ?? 0), [4, 0, 2], `seed ${seed}`);
  }
});

/** mulberry32: the same numbers for the same seed. */
const randomFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

test("a page of a captive portal is no answer", async () => {
  const { server, phone } = await world();
  server.fault = () => "html";
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.engine.run();
  assert.equal((await phone.card(id)).state, "queued");
  assert.ok(phone.engine.state.offline_since);
  assert.equal(server.requests.length, 1, "without the server nothing else is tried");
});

test("a server that is busy is left alone as long as it asked", async () => {
  const { server, phone } = await world();
  server.fault = failing(isRevision, "503 server.busy 120");
  await phone.finish(await phone.visit());
  await phone.engine.run();
  assert.ok(phone.engine.state.next_at >= phone.clock.at + 119_000);
  phone.clock.at += 60_000;
  await phone.engine.run();
  assert.equal(server.sent(/^PUT .*revisions/), 1);
});

test("without a session everything rests, and goes on when the same person is back", async () => {
  const { server, phone } = await world();
  server.fault = () => "401 session.required";
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.engine.run();
  assert.equal(phone.engine.state.paused, "session.required");
  assert.equal(phone.engine.state.unsent, 1);
  server.fault = () => null;
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});

test("nothing leaves under another person's session", async () => {
  const { server, phone } = await world();
  await phone.finish(await phone.visit(1));
  server.person = { id: "bela", name: "Béla", language: "hu" };
  const seen = [];
  phone.engine.on("person", (person) => seen.push(person.id));
  await phone.engine.run();
  assert.deepEqual(seen, ["bela"]);
  assert.equal(phone.engine.state.paused, "person.other");
  assert.deepEqual(server.requests, ["GET /bootstrap"]);
  assert.equal((await phone.store.bootstrap()), null, "her page of the server is not kept in our store");
});

test("a phone that is too old pauses and keeps everything", async () => {
  const { server, phone } = await world();
  server.bootstrap.minimum_build = 2;
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.engine.run();
  assert.equal(phone.engine.state.paused, "client.too_old");
  assert.equal((await phone.card(id)).state, "queued");
  server.bootstrap.minimum_build = 1;
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});
