import assert from "node:assert/strict";
import test from "node:test";
import { PINNED, asTheyAre, makePhone, picture } from "../support/phone.mjs";
import { Server } from "../support/server.mjs";

const begun = async () => {
  const phone = await makePhone(new Server());
  const { id } = await phone.store.startVisit({ site: "s1", questionnaire: PINNED });
  return { phone, store: phone.store, id };
};
const camera = { source: "camera" };

test("a photo without a question waits in the queue, survives being given to one, and blocks the finish until then", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  const { photos: [photo] } = await store.addPhoto(id, null, picture("one"), camera);
  await assert.rejects(phone.finish(id), (error) => error.review.mistakes[0].code === "photo.unassigned");
  const { photos } = await store.assignPhoto(id, photo.id, "clean");
  assert.deepEqual(photos.map(({ question, sha256 }) => [question, sha256]), [["clean", photo.sha256]]);
  await phone.finish(id);
});

test("the same picture at two places keeps its bytes until the last of them goes", async () => {
  const { store, id } = await begun();
  await store.addPhoto(id, "clean", picture("same"), camera);
  const { photos: [first, second] } = await store.addPhoto(id, "greeted", picture("same"), camera);
  assert.equal(first.sha256, second.sha256);
  await store.removePhoto(id, first.id);
  assert.ok(await store.photoBytes(first.sha256));
  await store.removePhoto(id, second.id);
  assert.equal(await store.photoBytes(first.sha256), null);
});

test("a retake stands where the old one stood and keeps its question and caption", async () => {
  const { store, id } = await begun();
  const { photos: [old] } = await store.addPhoto(id, "clean", picture("old"), camera);
  await store.addPhoto(id, "clean", picture("next"), camera);
  await store.caption(id, old.id, "shelf");
  const { photos } = await store.addPhoto(id, "clean", picture("new"), { ...camera, replaces: old.id });
  assert.deepEqual([photos.length, photos[0].question, photos[0].caption], [2, "clean", "shelf"]);
  assert.notEqual(photos[0].sha256, old.sha256);
  assert.equal(await store.photoBytes(old.sha256), null);
});

test("photos are put in order within their own question", async () => {
  const { store, id } = await begun();
  for (const name of ["a", "b", "c"]) await store.addPhoto(id, "clean", picture(name), camera);
  await store.addPhoto(id, "greeted", picture("x"), camera);
  const [a, b, c, x] = (await store.loadVisit(id)).photos;
  const { photos } = await store.movePhoto(id, c.id, 0);
  const ofClean = photos.filter((photo) => photo.question === "clean").map((photo) => photo.id);
  assert.deepEqual(ofClean, [c.id, a.id, b.id]);
  assert.deepEqual((await store.movePhoto(id, c.id, 9)).photos.filter((photo) => photo.question === "clean").map((photo) => photo.id), [a.id, b.id, c.id]);
  assert.ok(photos.some((photo) => photo.id === x.id));
});

test("a photo that does not fit leaves nothing behind", async () => {
  const { phone, store, id } = await begun();
  phone.database.full = true;
  await assert.rejects(store.addPhoto(id, "clean", picture("one"), camera), { code: "storage.full" });
  phone.database.full = false;
  const { photos } = await store.loadVisit(id);
  assert.equal(photos.length, 0);
  assert.equal((await phone.database.read(["photos"], (tx) => tx.objectStore("photos").getAllKeys())).length, 0);
});

test("the sixty-first photo is refused here, not by the server", async () => {
  const { store, id } = await begun();
  for (let i = 0; i < 60; i += 1) await store.addPhoto(id, "clean", picture(`n${i}`), camera);
  await assert.rejects(store.addPhoto(id, "clean", picture("more"), camera), { code: "photo.too_many" });
});

test("bytes leave the phone seven days after they were sent, and not while an open visit needs them", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  await store.addPhoto(id, "clean", picture("gone"), camera);
  await store.addPhoto(id, "clean", picture("shared"), camera);
  await phone.finish(id);
  await phone.drain();
  const other = await phone.store.startVisit({ site: "s1", questionnaire: PINNED });
  await store.addPhoto(other.id, "clean", picture("shared"), camera);
  const [gone, shared] = (await store.loadVisit(id)).photos.map((photo) => photo.sha256);
  assert.equal(await store.purge(), 0, "not yet");
  await store.outbox.noteRevision(id, 1, { sent_at: new Date(Date.now() - 8 * 24 * 3600 * 1000).toISOString() });
  assert.equal(await store.purge(), 1);
  assert.equal(await store.photoBytes(gone), null);
  assert.ok(await store.photoBytes(shared));
  assert.ok(await store.thumbnail(gone), "the small picture stays");
  assert.equal((await phone.card(id)).state, "purged");
});

test("nothing unsent is ever let go, however short space is", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  await store.addPhoto(id, "clean", picture("kept"), camera);
  await phone.finish(id);
  assert.equal(await store.purge({ all: true }), 0);
});

test("a draft that is given up takes its photos along, and an earlier visit is never given up", async () => {
  const { phone, store, id } = await begun();
  const { photos: [photo] } = await store.addPhoto(id, "clean", picture("mine"), camera);
  await store.discard(id);
  assert.equal(await store.photoBytes(photo.sha256), null);
  assert.equal((await store.listVisits()).length, 0);
  assert.deepEqual(await store.history(id), [], "nor what its answers were");
  const finished = await phone.visit();
  await phone.finish(finished);
  await assert.rejects(store.discard(finished), { code: "visit.finished" });
});

/** Pictures wait until the gate is opened before they are small. */
const slowly = async () => {
  let open;
  const gate = new Promise((resolve) => { open = resolve; });
  const phone = await makePhone(new Server(), { shrink: async (bytes) => { await gate; return asTheyAre(bytes); } });
  return { phone, open, id: await phone.visit() };
};

test("a visit is finished with the photo that was still being made small", async () => {
  const { phone, open, id } = await slowly();
  const adding = phone.store.addPhoto(id, "clean", picture("late"), camera);
  assert.deepEqual([...phone.store.adding].map(({ visit, question }) => [visit, question]), [[id, "clean"]]);
  const finishing = phone.finish(id);
  setTimeout(open, 50);
  await Promise.all([adding, finishing]);
  const { photos, state } = await phone.store.loadVisit(id);
  assert.deepEqual([photos.length, state, phone.store.adding.size], [1, "closed", 0]);
  assert.deepEqual((await phone.store.revision(id)).photos, [photos[0].sha256]);
});

test("a photo that is taken while its visit is being finished is part of it", async () => {
  const { phone, open, id } = await slowly();
  const finishing = phone.finish(id);
  const adding = phone.store.addPhoto(id, "clean", picture("later still"), camera);
  setTimeout(open, 50);
  await Promise.all([adding, finishing]);
  assert.equal((await phone.store.revision(id)).photos.length, 1);
});

test("a photo that is refused at last keeps its visit open, and says where it was taken", async () => {
  const { phone, open, id } = await slowly();
  const heard = [];
  phone.store.on("adding", ({ question, error }) => heard.push([question, error?.code]));
  const adding = phone.store.addPhoto(id, "clean", picture("late"), camera);
  const finishing = phone.finish(id);
  phone.database.full = true;
  open();
  await assert.rejects(adding, { code: "storage.full" });
  await assert.rejects(finishing, { code: "storage.full" });
  assert.equal((await phone.store.loadVisit(id)).state, "draft");
  assert.deepEqual(heard, [["clean", undefined], ["clean", "storage.full"]]);
});

test("what was lost once is new when it is taken again", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  const { photos: [photo] } = await store.addPhoto(id, "clean", picture("one"), camera);
  await store.outbox.noteUploads(id, [photo.sha256], { state: "refused", code: "photo.lost" });
  await assert.rejects(phone.finish(id), (error) => error.review.mistakes[0].code === "photo.lost");
  await store.removePhoto(id, photo.id);
  await store.addPhoto(id, "clean", picture("one"), camera);
  await phone.finish(id);
  await phone.drain();
  assert.equal((await phone.card(id)).state, "sent");
});
