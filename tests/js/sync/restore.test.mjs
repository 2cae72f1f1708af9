import assert from "node:assert/strict";
import test from "node:test";
import { makePhone, picture } from "../support/phone.mjs";
import { Server } from "../support/server.mjs";
import { reopen } from "../../../static/js/sync/reopen.js";
import { restoreDraft } from "../../../static/js/sync/restore.js";

const partsOf = (phone, server) => ({ store: phone.store, engine: phone.engine, transport: server });

test("a lost phone's draft goes on on another one, with photos and comments, and is sent from there", async () => {
  const server = new Server();
  const first = await makePhone(server);
  const id = await first.visit(2);
  await first.store.comment(id, "clean", "wet");
  await first.store.addPhoto(id, null, picture("loose"), { source: "camera" });
  first.clock.at += 10_000;
  await first.engine.run();
  const second = await makePhone(server);
  const [{ device }] = [...server.drafts.get(id).values()];
  const visit = await restoreDraft(partsOf(second, server), id, device);
  assert.deepEqual([visit.answers.clean.value, visit.answers.clean.comment, visit.photos.length], [true, "wet", 3]);
  await second.store.removePhoto(id, visit.photos.find((photo) => photo.question === null).id);
  await second.finish(id);
  await second.drain();
  assert.equal((await second.card(id)).state, "sent");
});

test("what is on the phone is never replaced by what the server has", async () => {
  const server = new Server();
  const phone = await makePhone(server);
  const id = await phone.visit();
  phone.clock.at += 10_000;
  await phone.engine.run();
  await phone.store.answer(id, "clean", { value: false });
  const [{ device }] = [...server.drafts.get(id).values()];
  await assert.rejects(restoreDraft(partsOf(phone, server), id, device), { code: "visit.exists" });
  assert.equal((await phone.store.loadVisit(id)).answers.clean.value, false);
});

test("reopening asks for the receipt first, and a visit that had arrived stays closed", async () => {
  const server = new Server();
  const phone = await makePhone(server);
  const id = await phone.visit();
  server.fault = ({ method, path }) => (method === "PUT" && path.includes("revisions") ? "lost" : null);
  await phone.finish(id);
  await phone.engine.run();
  server.fault = () => null;
  const visit = await reopen(partsOf(phone, server), id);
  assert.equal(visit.state, "closed");
  assert.equal((await phone.card(id)).state, "sent");
});

/** A visit that was sent, and no answer came. */
const unheard = async () => {
  const server = new Server();
  const phone = await makePhone(server);
  const id = await phone.visit();
  server.fault = ({ path }) => (path.includes("revisions") ? "dropped" : null);
  await phone.finish(id);
  await phone.engine.run();
  return { server, phone, id };
};

test("without network a visit that may have arrived is not opened", async () => {
  const { server, phone, id } = await unheard();
  await assert.rejects(reopen(partsOf(phone, server), id), { code: "visit.uncertain" });
});

test("where the session has ended or the app is too old, reopening says that, not that there is no network", async () => {
  for (const [refusal, code] of [["401 session.required", "session.required"], ["426 client.too_old", "client.too_old"]]) {
    const { server, phone, id } = await unheard();
    server.fault = () => refusal;
    await assert.rejects(reopen(partsOf(phone, server), id), { code });
    assert.equal(phone.engine.state.paused, code, "and the outbox knows it at once");
  }
});

test("a returned visit is reopened under the next number", async () => {
  const server = new Server();
  const phone = await makePhone(server);
  const id = await phone.visit();
  await phone.finish(id);
  await phone.drain();
  const [{ receipt }] = await phone.store.receipt(id);
  server.bootstrap.visits = [{ visit: id, site: "s1", state: "returned", revision: 1, receipt, reasons: [{ question: null, text: "Again." }], unreadable: [] }];
  await phone.engine.run({ fresh: true });
  const visit = await reopen(partsOf(phone, server), id);
  assert.deepEqual([visit.state, visit.revision, visit.base_receipt, visit.reasons[0].text], ["draft", 2, receipt, "Again."]);
});

/** A visit sent from a phone and returned, as the next bootstrap says it. */
const returned = async (server, phone) => {
  const id = await phone.visit(1);
  await phone.finish(id);
  await phone.drain();
  const [{ receipt }] = await phone.store.receipt(id);
  server.bootstrap.visits = [{ visit: id, site: "s1", state: "returned", revision: 1, receipt, reasons: [{ question: "clean", text: "Where?" }], unreadable: [] }];
  await phone.engine.run({ fresh: true });
  return { id, receipt };
};

/** Corrections that only the first phone has, but for the copy the server keeps; and whose copy it is. */
const halfCorrected = async (server, phone) => {
  const { id, receipt } = await returned(server, phone);
  await reopen(partsOf(phone, server), id);
  await phone.store.comment(id, "clean", "at the till");
  await phone.engine.run({ now: true });
  const [{ device }] = [...server.drafts.get(id).values()];
  return { id, receipt, device };
};

test("corrections of a returned visit go on on a new phone and are accepted as the next revision", async () => {
  const server = new Server();
  const { id, receipt, device } = await halfCorrected(server, await makePhone(server));
  const second = await makePhone(server);
  await second.engine.run();
  const card = await second.card(id);
  assert.deepEqual([card.state, card.elsewhere.length], ["returned", 1]);
  const visit = await restoreDraft(partsOf(second, server), id, device);
  assert.deepEqual([visit.revision, visit.base_receipt, visit.reasons[0].text], [2, receipt, "Where?"]);
  assert.equal(visit.answers.clean.comment, "at the till");
  await second.finish(id);
  await second.drain();
  assert.equal((await second.card(id)).state, "sent");
  const sent = JSON.parse(Buffer.from(server.revisions.get(`${id}/2`).bytes).toString());
  assert.deepEqual([sent.base_receipt, sent.answers.clean.comment], [receipt, "at the till"]);
});

test("a phone that still has the visit as it was sent takes them over as well", async () => {
  const server = new Server();
  const first = await makePhone(server);
  const { id, receipt } = await returned(server, first);
  const before = (await first.store.loadVisit(id)).rev;
  const second = await makePhone(server);
  await second.engine.run();
  await reopen(partsOf(second, server), id);
  await second.store.comment(id, "clean", "at the till");
  await second.engine.run({ now: true });
  const [{ device }] = [...server.drafts.get(id).values()];
  const visit = await restoreDraft(partsOf(first, server), id, device);
  assert.deepEqual([visit.revision, visit.base_receipt, visit.answers.clean.comment], [2, receipt, "at the till"]);
  assert.ok(visit.rev > before, "its copies count on from those that this phone made before");
  await first.finish(id);
  await first.drain();
  assert.equal((await first.card(id)).state, "sent");
});
