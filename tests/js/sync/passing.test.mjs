import assert from "node:assert/strict";
import test from "node:test";
import { picture } from "../support/phone.mjs";
import { isPhoto, world } from "../support/world.mjs";

for (const passing of ["422 digest.mismatch", "403 visit.owner_mismatch", "409 photos.too_many", "415 request.media"]) {
  test(`an open visit's photos get over a while of ${passing}`, async () => {
    const { server, phone } = await world();
    const id = await phone.visit(2);
    server.fault = (request) => (isPhoto(request) ? passing : null);
    for (let hours = 0; hours < 10; hours += 1) {
      await phone.engine.run({ fresh: true });
      phone.clock.at += 3600 * 1000;
    }
    assert.ok(server.sent(/^PUT .*photos/) <= 20, "once for each pass");
    server.fault = () => null;
    await phone.drain();
    assert.equal(server.photos.get(id)?.size, 2);
    await phone.finish(id);
    await phone.drain();
    assert.equal((await phone.card(id)).state, "sent");
  });
}

test("an open visit's photos wait between tries", async () => {
  const { server, phone } = await world();
  await phone.visit(1);
  server.fault = (request) => (isPhoto(request) ? "422 digest.mismatch" : null);
  await phone.engine.run();
  assert.ok(phone.engine.state.next_at > phone.clock.at);
  await phone.engine.run();
  assert.equal(server.sent(/^PUT .*photos/), 1);
});

test("a visit that stopped for a trouble of the server can be opened, finished and sent once it is over", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  server.fault = (request) => (isPhoto(request) ? "403 visit.owner_mismatch" : null);
  await phone.finish(id);
  await phone.drain();
  assert.deepEqual([(await phone.card(id)).state, (await phone.card(id)).code], ["attention", "visit.owner_mismatch"]);
  server.fault = () => null;
  await phone.store.reopen(id);
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});

test("an answer about other bytes does not make a photo damaged", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  const original = server.request.bind(server);
  let wrong = 1;
  server.request = async (request) => {
    const answer = await original(request);
    return isPhoto({ method: request.method, path: request.path }) && wrong-- > 0 ? { ...answer, body: { sha256: "0".repeat(64) } } : answer;
  };
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});

test("a photo that is taken out and taken again in the middle of a pass is not lost", async () => {
  const { server, phone: { store, ...phone } } = await world();
  const id = await phone.visit(1);
  const real = store.outbox.photo.bind(store.outbox);
  store.outbox.photo = async (sha256) => {
    store.outbox.photo = real;
    await store.removePhoto(id, (await store.loadVisit(id)).photos[0].id);
    const found = await real(sha256);
    await store.addPhoto(id, "clean", picture(`${id}-0`), { source: "camera" });
    return found;
  };
  await phone.engine.run({ fresh: true });
  await phone.finish(id);
  await phone.drain();
  assert.equal(server.photos.get(id)?.size, 1);
});
