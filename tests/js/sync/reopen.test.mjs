import assert from "node:assert/strict";
import test from "node:test";
import { failing, isPhoto, isRevision, world } from "../support/world.mjs";
import { reopen } from "../../../static/js/sync/reopen.js";

/** Whoever asks for `matches` waits until the gate is opened. */
const gate = (server, matches) => {
  const original = server.request.bind(server);
  let open;
  const opened = new Promise((resolve) => { open = resolve; });
  const reached = new Promise((resolve) => {
    server.request = async (request) => {
      if (matches(request)) {
        resolve();
        await opened;
      }
      return original(request);
    };
  });
  return { open, reached };
};

test("a visit is not reopened while it is on its way: it waits for the answer and is sent", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  await phone.finish(id);
  const { open, reached } = gate(server, isRevision);
  const passing = phone.engine.run();
  await reached;
  const reopening = reopen({ store: phone.store, engine: phone.engine, transport: server }, id);
  await new Promise((resolve) => { setTimeout(resolve, 30); });
  open();
  await passing;
  assert.equal((await reopening).state, "closed");
  assert.equal((await phone.card(id)).state, "sent");
});

test("a receipt that comes for a visit that was reopened meanwhile finishes it again", async () => {
  const { server, phone } = await world();
  const id = await phone.visit();
  const { finished } = await phone.finish(id);
  const { open, reached } = gate(server, isRevision);
  const passing = phone.engine.run();
  await reached;
  await phone.store.outbox.noteRevision(id, 1, { uncertain: false }); // a browser without locks
  await phone.store.reopen(id);
  await phone.store.comment(id, "clean", "changed after reopening");
  open();
  await passing;
  const visit = await phone.store.loadVisit(id);
  assert.deepEqual([visit.state, visit.finished.at, (await phone.card(id)).state], ["closed", finished.at, "sent"]);
  assert.equal(visit.answers.clean.comment, "changed after reopening", "it goes with the next revision, if the visit is returned");
});

test("a refusal that comes for a visit that was reopened meanwhile does not keep it from being finished", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  await phone.finish(id);
  const { open, reached } = gate(server, isPhoto);
  server.fault = failing(isPhoto, "415 photo.kind");
  const passing = phone.engine.run();
  await reached;
  await phone.store.reopen(id);
  await phone.store.removePhoto(id, (await phone.store.loadVisit(id)).photos[0].id);
  open();
  await passing;
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});

test("bytes that arrive after it was asked for them are the visit, not another phone's", async () => {
  const { server, phone } = await world();
  const id = await phone.visit(1);
  server.fault = failing(isRevision, "dropped");
  await phone.finish(id);
  await phone.engine.run();
  const first = await phone.store.revision(id);
  const draft = await reopen({ store: phone.store, engine: phone.engine, transport: server }, id);
  assert.equal(draft.state, "draft");
  server.accept(id, 1, first.sha256, first.photos);
  await phone.store.comment(id, "clean", "changed after reopening");
  await phone.finish(id);
  await phone.drain();
  const row = await phone.store.revision(id);
  assert.deepEqual([(await phone.card(id)).state, row.sha256, server.counts.accepted], ["sent", first.sha256, 0]);
  assert.equal((await phone.store.receipt(id))[0].ours, true);
});
