import assert from "node:assert/strict";
import test from "node:test";
import { failing, isPhoto, isRevision, world } from "../support/world.mjs";

const DAY = 24 * 3600 * 1000;

test("a clock that is set back a day holds nothing up", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  server.fault = failing(isRevision, "503 server.busy 60");
  await phone.finish(id);
  await phone.engine.run();
  assert.equal((await phone.card(id)).state, "queued");
  phone.clock.at -= DAY;
  await phone.engine.run();
  assert.equal((await phone.card(id)).state, "sent");
});

test("after a jump of the clock it is asked anew who is signed in", async () => {
  const { server, phone } = await world();
  await phone.visit();
  await phone.engine.run();
  const asked = server.sent(/bootstrap/);
  phone.clock.at -= DAY;
  await phone.engine.run();
  assert.equal(server.sent(/bootstrap/), asked + 1);
});

test("no server makes a phone wait longer than an hour", async () => {
  const { server, phone } = await world();
  server.fault = failing(isRevision, "503 server.busy 99999");
  await phone.finish(await phone.visit());
  await phone.engine.run();
  assert.ok(phone.engine.state.next_at <= phone.clock.at + 3_600_000);
});

test("five days without network change nothing", async () => {
  const { server, phone } = await world();
  server.fault = () => "dropped";
  const id = await phone.visit(2);
  await phone.finish(id);
  for (let hour = 0; hour < 5 * 24; hour += 1) {
    await phone.engine.run();
    phone.clock.at += 3_600_000;
  }
  server.fault = () => null;
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  assert.equal(server.counts.accepted, 1);
});

test("sixty days later the session has ended: it waits for its person, then goes", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  await phone.finish(id);
  phone.clock.at += 60 * DAY;
  server.fault = () => "401 session.required";
  await phone.engine.run({ fresh: true });
  assert.deepEqual([phone.engine.state.paused, (await phone.card(id)).state], ["session.required", "queued"]);
  server.fault = () => null;
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});

test("whose account may not send is told so, and keeps everything", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  await phone.finish(id);
  server.fault = () => "403 request.forbidden";
  await phone.engine.run();
  assert.deepEqual([phone.engine.state.paused, (await phone.card(id)).state, server.requests.length], ["account.refused", "queued", 1]);
  server.fault = () => null;
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});

test("a photo that arrived before the phone died does not go a second time", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  const { noteUploads } = phone.store.outbox;
  phone.store.outbox.noteUploads = async () => { throw new Error("the phone died"); };
  await phone.engine.run().catch(() => {});
  phone.store.outbox.noteUploads = noteUploads;
  phone.restarted();
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  assert.equal(server.sent(/^PUT .*photos/), 1);
});

test("a connection cut in the middle of many photos sends on only what has not arrived", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(6);
  let arrived = 0;
  server.fault = (request) => (isPhoto(request) && (arrived += 1) > 3 ? "dropped" : null);
  await phone.finish(id);
  await phone.engine.run();
  server.fault = () => null;
  await phone.drain();
  assert.equal(server.photos.get(id).size, 6);
  assert.ok(server.sent(/^PUT .*photos/) <= 6 + 2, "only those on their way when it was cut go again");
});

test("what is on its way is told in photos and in bytes", async () => {
  const { phone } = await world({ width: () => 1 });
  await phone.finish(await phone.visit(2));
  const told = [];
  phone.engine.on("state", ({ sending }) => sending && told.push([sending.done, sending.bytes.done, sending.bytes.total]));
  await phone.drain();
  assert.deepEqual([told[0], told.at(-1)], [[0, 0, 200], [2, 200, 200]]);
});
