import assert from "node:assert/strict";
import test from "node:test";
import { failing, isPhoto, world } from "../support/world.mjs";

const isDraft = ({ method, path }) => method === "PUT" && path.endsWith("/draft");
const DRAFTS = /^PUT .*\/draft$/;
const PHOTOS = /^PUT .*\/photos\//;

/** An open visit with a photo; the server has both, and however many passes later neither went again. */
const copied = async (passes = 3) => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  for (let pass = 0; pass < passes; pass += 1) {
    phone.clock.at += 60_000;
    await phone.engine.run();
  }
  assert.deepEqual([server.sent(DRAFTS), server.sent(PHOTOS)], [1, 1]);
  return { server, phone, id };
};

test("after a restored backup an open visit is copied again with its photos, without an edit", async () => {
  for (const passes of [1, 3]) { // after one, what the server says now is what the phone heard before the copy
    const { server, phone, id } = await copied(passes);
    server.drafts.clear();
    server.photos.clear();
    phone.clock.at += 60_000;
    await phone.engine.run();
    assert.equal([...server.drafts.get(id).values()][0].snapshot.answers.clean.value, true);
    assert.equal(server.photos.get(id).size, 1);
  }
});

test("an older copy than the one that was made is no copy either", async () => {
  const { server, phone, id } = await copied();
  const older = structuredClone(server.drafts.get(id));
  await phone.store.comment(id, "clean", "wet");
  phone.clock.at += 60_000;
  await phone.engine.run();
  server.drafts.set(id, older);
  phone.restarted();
  await phone.engine.run();
  assert.equal([...server.drafts.get(id).values()][0].snapshot.answers.clean.comment, "wet");
});

test("a copy that the server does not want is not pressed upon it pass after pass", async () => {
  const { server, phone } = await world();
  await phone.visit();
  server.fault = failing(isDraft, "422 draft.invalid", Infinity);
  for (let pass = 0; pass < 5; pass += 1) {
    phone.clock.at += 60_000;
    await phone.engine.run();
  }
  assert.equal(server.sent(DRAFTS), 2);
});

test("a photo whose copy was forgotten while there is no network goes when there is some", async () => {
  const { server, phone, id } = await copied();
  server.drafts.clear();
  server.photos.clear();
  server.fault = (request) => (isPhoto(request) || isDraft(request) ? "dropped" : null);
  phone.clock.at += 60_000;
  await phone.engine.run();
  server.fault = () => null;
  await phone.drain();
  phone.clock.at += 600_000;
  await phone.engine.run({ fresh: true });
  assert.deepEqual([server.drafts.has(id), server.photos.get(id)?.size], [true, 1]);
});

test("an open visit that found no network plans its next try by itself", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  server.fault = () => "dropped";
  phone.clock.at += 60_000;
  await phone.engine.run();
  assert.ok(phone.engine.state.next_at > phone.clock.at);
  server.fault = () => null;
  phone.clock.at = phone.engine.state.next_at;
  await phone.engine.run();
  assert.equal(server.drafts.get(id).size, 1);
});
