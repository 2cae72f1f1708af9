import assert from "node:assert/strict";
import test from "node:test";
import { review } from "../../../static/js/sync/review.js";
import { world } from "../support/world.mjs";

const SCORE = { overall: "84.6", outcome: "none", sections: {}, dimensions: {} };

test("the inspector sees the server's score, and not before the visit was sent", async () => {
  const { server, phone } = await world();
  server.score = SCORE;
  const id = await phone.visit();
  const shown = async () => (await review(phone.store, id)).score;
  assert.equal(await shown(), null, "while it is a draft");
  await phone.finish(id);
  assert.equal(await shown(), null, "while it waits");
  await phone.drain();
  assert.deepEqual(await shown(), SCORE);
});

test("the score of an earlier revision is not that of the correction", async () => {
  const { server, phone } = await world();
  server.score = SCORE;
  const id = await phone.visit();
  await phone.finish(id);
  await phone.drain();
  await phone.store.reopenReturned(id, { revision: 1, receipt: (await phone.card(id)).receipt, reasons: [] });
  assert.equal((await review(phone.store, id)).score, null);
  await phone.finish(id);
  assert.equal((await review(phone.store, id)).score, null);
});
