import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { CONTENTS, exportVisits, unsentVisits } from "../../../static/js/sync/export.js";
import { makePhone } from "../support/phone.mjs";
import { failing, isRevision, world } from "../support/world.mjs";
import { Server } from "../support/server.mjs";

const ABOUT = { person: { id: "amira", name: "Amira", language: "en" }, device: "d", build: "1-test" };
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Entries of a ZIP without compression, by its directory. */
const entries = async (file) => {
  const data = Buffer.from(await file.arrayBuffer());
  const end = data.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const found = new Map();
  for (let i = 0, at = data.readUInt32LE(end + 16); i < data.readUInt16LE(end + 10); i += 1) {
    const [size, name, start] = [data.readUInt32LE(at + 24), data.readUInt16LE(at + 28), data.readUInt32LE(at + 42)];
    found.set(data.subarray(at + 46, at + 46 + name).toString(), data.subarray(start + 30 + name, start + 30 + name + size));
    at += 46 + name;
  }
  return found;
};

const contentsOf = (found) => JSON.parse(found.get(CONTENTS).toString());

test("a finished visit is saved as the very bytes that would be sent, with its photos", async () => {
  const phone = await makePhone(new Server());
  const id = await phone.visit(2);
  await phone.finish(id);
  const before = JSON.stringify(await phone.store.listVisits());
  const steps = [];
  const made = await exportVisits(phone.store, [id], { ...ABOUT, tell: ({ done, total }) => steps.push([done, total]) });
  const found = await entries(made.file);
  const [visit] = contentsOf(found).visits;
  const { bytes, sha256, photos } = await phone.store.revision(id);
  assert.deepEqual(found.get(visit.body.name), Buffer.from(bytes));
  assert.deepEqual([visit.revision, visit.body.sha256, visit.absent], [1, sha256, []]);
  assert.deepEqual(visit.photos.map((photo) => photo.sha256), photos);
  for (const photo of visit.photos) assert.equal(hash(found.get(photo.name)), photo.sha256);
  assert.deepEqual(steps, [[0, 2], [1, 2], [2, 2]]);
  assert.equal(JSON.stringify(await phone.store.listVisits()), before, "nothing on the phone changes");
});

test("all that nobody else has is saved: open, waiting and refused visits, and nothing that was sent", async () => {
  const { server, phone } = await world();
  const [sent, refused, open] = [await phone.visit(1), await phone.visit(), await phone.visit(1)];
  await phone.finish(sent);
  await phone.drain();
  server.fault = failing(isRevision, "422 revision.invalid");
  await phone.finish(refused);
  await phone.drain();
  const ids = await unsentVisits(phone.store);
  assert.deepEqual(ids.sort(), [refused, open].sort());
  const found = await entries((await exportVisits(phone.store, ids, ABOUT)).file);
  const told = new Map(contentsOf(found).visits.map((visit) => [visit.visit, visit]));
  assert.deepEqual([told.get(refused).reason, told.get(open).revision], ["revision.invalid", null]);
  const draft = JSON.parse(found.get(told.get(open).body.name).toString());
  assert.deepEqual([draft.answers.clean.value, draft.photos.length, "revision" in draft], [true, 1, false]);
});

test("a photo that is damaged or gone is named, and does not hold up the rest", async () => {
  const phone = await makePhone(new Server());
  const id = await phone.visit(3);
  await phone.finish(id);
  const [gone, damaged, whole] = (await phone.store.revision(id)).photos;
  await phone.database.write(["photos"], async (tx) => {
    await tx.objectStore("photos").delete(gone);
    await tx.objectStore("photos").put({ sha256: damaged, bytes: new ArrayBuffer(5), type: "image/jpeg" });
  });
  const [visit] = contentsOf(await entries((await exportVisits(phone.store, [id], ABOUT)).file)).visits;
  assert.deepEqual([visit.photos.map((photo) => photo.sha256), visit.absent.sort()], [[whole], [gone, damaged].sort()]);
});

test("notes, marks and a running stopwatch that no question has are an entry of their own", async () => {
  const phone = await makePhone(new Server());
  const [open, closed, plain] = [await phone.visit(), await phone.visit(), await phone.visit()];
  for (const id of [open, closed]) {
    await phone.store.addNote(id, "Till 3 did not greet");
    await phone.store.mark(id, "entered");
    await phone.store.startStopwatch(id, "greeted");
  }
  await phone.finish(closed);
  const found = await entries((await exportVisits(phone.store, [open, closed, plain], ABOUT)).file);
  const told = contentsOf(found).visits;
  for (const { notes, visit } of told.slice(0, 2)) {
    const bytes = found.get(notes.name);
    assert.deepEqual([notes.name, notes.sha256, notes.bytes], [`visits/${visit}/notes.json`, hash(bytes), bytes.length]);
    const caught = JSON.parse(bytes.toString());
    assert.deepEqual([caught.notes[0].text, caught.marks[0].kind, Object.keys(caught.stopwatches)], ["Till 3 did not greet", "entered", ["greeted"]]);
  }
  assert.deepEqual([told[2].notes, found.size], [null, 6]);
});
