import assert from "node:assert/strict";
import test from "node:test";
import { picture } from "../support/phone.mjs";
import { failing, isPhoto, isRevision, world } from "../support/world.mjs";
import { Engine } from "../../../static/js/sync/engine.js";

test("a visit the server refuses waits for its person, and the others go on", async () => {
  const { server, phone } = await world();
  const [bad, good] = [await phone.visit(), await phone.visit(1)];
  server.fault = (request) => (isRevision(request) && request.path.includes(bad) ? "422 revision.invalid" : null);
  await phone.finish(bad);
  await phone.finish(good);
  await phone.drain();
  assert.deepEqual([(await phone.card(bad)).state, (await phone.card(bad)).code], ["attention", "revision.invalid"]);
  assert.equal((await phone.card(good)).state, "sent");
});

test("a refused visit can be opened, changed and sent under the same number", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  server.fault = failing(isRevision, "422 revision.invalid");
  await phone.finish(id);
  await phone.drain();
  assert.equal(await phone.engine.settle(id), "free");
  await phone.store.reopen(id);
  await phone.store.answer(id, "clean", { value: false });
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  assert.ok(server.revisions.has(`${id}/1`));
});

test("after a lost answer the receipt is asked for before anything is frozen anew", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  server.fault = failing(isRevision, "lost");
  await phone.finish(id);
  await phone.engine.run();
  await assert.rejects(phone.store.reopen(id), { code: "visit.uncertain" });
  assert.equal(await phone.engine.settle(id), "accepted");
  assert.equal((await phone.card(id)).state, "sent");
  await assert.rejects(phone.store.reopen(id), { code: "visit.finished" });
});

test("without network nobody can say whether a lost answer was a yes", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  server.fault = (request) => (isRevision(request) || request.path.endsWith("receipt") ? "dropped" : null);
  await phone.finish(id);
  await phone.engine.run();
  assert.equal(await phone.engine.settle(id), "unknown");
});

test("photos the server misses are sent again, at most five times", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  const original = server.request.bind(server);
  let puts = 0;
  server.request = async (request) => {
    if (isPhoto({ method: request.method, path: request.path })) puts += 1;
    const answer = await original(request);
    if (isPhoto({ method: request.method, path: request.path })) server.photos.get(id).clear(); // takes it, and loses it
    return answer;
  };
  await phone.finish(id);
  await phone.drain();
  assert.deepEqual([(await phone.card(id)).state, (await phone.card(id)).code], ["attention", "photos.missing"]);
  assert.equal(puts, 6);
});

test("a photo that arrives damaged is sent again, and a visit is not held up by one that always is", async () => {
  const { server, phone } = await world();
  server.fault = failing(isPhoto, "422 digest.mismatch", 2);
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  server.fault = failing(isPhoto, "422 digest.mismatch", 99);
  const other = await phone.visit(1);
  await phone.finish(other);
  await phone.drain();
  assert.equal((await phone.card(other)).code, "digest.mismatch");
});

test("a photo the server cannot take asks for a retake, and the visit may go without it", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(2);
  server.fault = failing(isPhoto, "415 photo.kind");
  await phone.finish(id);
  await phone.drain();
  const card = await phone.card(id);
  assert.deepEqual([card.state, card.code], ["attention", "photo.kind"]);
  const visit = await phone.store.reopen(id);
  await phone.store.removePhoto(id, visit.photos.find((photo) => photo.sha256 === card.detail.photo).id);
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});

test("where another phone was first, ours is kept and says so", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  server.accept(id, 1, "f".repeat(64));
  await phone.finish(id);
  await phone.drain();
  const card = await phone.card(id);
  assert.deepEqual([card.state, card.code], ["attention", "revision.differs"]);
  const [{ ours, signature }] = await phone.store.receipt(id);
  assert.deepEqual([ours, signature], [false, "valid"]);
  assert.ok((await phone.store.revision(id)).bytes.byteLength > 0);
});

test("a receipt for other bytes is not believed", async () => {
  const { server, phone } = await world();
  const original = server.request.bind(server);
  server.request = async (request) => {
    const answer = await original(request);
    return isRevision({ method: request.method, path: request.path }) ? { ...answer, body: { ...answer.body, photos: ["0".repeat(64)] } } : answer;
  };
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.drain();
  assert.deepEqual([(await phone.card(id)).state, (await phone.card(id)).code], ["attention", "receipt.mismatch"]);
});

test("a receipt with a forged score is not believed", async () => {
  const { server, phone } = await world();
  const original = server.request.bind(server);
  server.request = async (request) => {
    const answer = await original(request);
    return isRevision({ method: request.method, path: request.path }) ? { ...answer, body: { ...answer.body, flags: ["score.differs"] } } : answer;
  };
  const id = await phone.visit();
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).code, "receipt.signature");
});

test("after a restored backup the same bytes go again and the old receipt stays", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(2);
  await phone.finish(id);
  await phone.drain();
  const before = await phone.store.revision(id);
  Object.assign(server, { receipts: [], revisions: new Map(), photos: new Map() });
  phone.clock.at += 25 * 3600 * 1000;
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
  assert.equal((await phone.store.revision(id)).sha256, before.sha256);
  assert.equal((await phone.store.receipt(id)).length, 2);
  assert.equal(server.photos.get(id).size, 2);
});

test("no more than two photos are on their way at once", async () => {
  for (const [width, most] of [[2, 2], [1, 1]]) {
    const { server, phone } = await world({ width: () => width });
    let [now, seen] = [0, 0];
    const original = server.request.bind(server);
    server.request = async (request) => {
      const photo = isPhoto({ method: request.method, path: request.path });
      if (photo) seen = Math.max(seen, now += 1);
      await new Promise((resolve) => { setTimeout(resolve, 1); });
      const answer = await original(request);
      if (photo) now -= 1;
      return answer;
    };
    await phone.finish(await phone.visit(5));
    await phone.finish(await phone.visit(5));
    await phone.drain();
    assert.equal(seen, most);
  }
});

test("a photo whose bytes have left the phone stops its visit with a word, unless the server has it", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(2);
  await phone.finish(id);
  const lose = (tx) => Promise.all([tx.objectStore("photos").getAllKeys()].map(async (keys) => {
    for (const key of await keys) await tx.objectStore("photos").delete(key);
  }));
  await phone.database.write(["photos"], lose);
  await phone.drain();
  assert.equal((await phone.card(id)).code, "photo.lost");
  for (const sha256 of (await phone.store.revision(id)).photos) server.photos.set(id, (server.photos.get(id) ?? new Map()).set(sha256, new ArrayBuffer(1)));
  await phone.store.outbox.retry(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});

test("a returned visit goes again under the next number and names the receipt before", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.drain();
  const [{ receipt }] = await phone.store.receipt(id);
  const returned = { visit: id, site: "s1", state: "returned", revision: 1, receipt, reasons: [{ question: "clean", text: "Show the floor." }], unreadable: [] };
  server.bootstrap.visits = [returned];
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "returned");
  await phone.store.reopenReturned(id, returned);
  await phone.store.addPhoto(id, "clean", picture("floor"), { source: "camera" });
  await phone.finish(id);
  await phone.drain();
  const body = JSON.parse(Buffer.from((await phone.store.revision(id)).bytes).toString());
  assert.deepEqual([body.revision, body.base_receipt], [2, receipt]);
  assert.ok(server.revisions.has(`${id}/2`));
});

test("a finish while a pass is under way is not lost, and a reopened visit is not sent", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  await phone.finish(id);
  const original = server.request.bind(server);
  server.request = async (request) => {
    if (isPhoto({ method: request.method, path: request.path })) await phone.store.reopen(id);
    return original(request);
  };
  await phone.engine.run();
  assert.equal(server.sent(/revisions/), 0);
  assert.equal((await phone.card(id)).state, "draft");
});

test("while a photo is missing the revision is not even tried", async () => {
  const { server, phone } = await world();
  server.fault = failing(isPhoto, "500 server.error");
  await phone.finish(await phone.visit(2));
  await phone.engine.run();
  assert.equal(server.sent(/^PUT .*revisions/), 0);
  assert.equal(phone.engine.state.state, "waiting");
});

test("where the network breaks in the middle, the rest of the pass and the next ones wait too", async () => {
  const { server, phone } = await world({ width: () => 1 });
  await phone.finish(await phone.visit(5));
  server.fault = (request) => (isPhoto(request) ? "dropped" : null);
  await phone.engine.run();
  assert.equal(server.sent(/^PUT .*photos/), 1);
  const asked = server.requests.length;
  assert.ok(phone.engine.state.next_at > phone.clock.at);
  await phone.engine.run();
  assert.equal(server.requests.length, asked);
  await phone.engine.run({ fresh: true });
  assert.ok(server.requests.length > asked, "a tap does not wait");
});

test("another tab's sending is left alone, and what is true is shown all the same", async () => {
  const { server, phone } = await world();
  await phone.finish(await phone.visit());
  const second = new Engine({ transport: server, store: phone.store, clock: phone.clock, lock: async () => null, random: () => 0.5, build: "1" });
  const state = await second.run();
  assert.deepEqual([server.requests.length, state.unsent, state.state], [0, 1, "waiting"]);
});
