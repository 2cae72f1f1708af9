import assert from "node:assert/strict";
import test from "node:test";
import { PINNED, makePhone, picture } from "../support/phone.mjs";
import { Server } from "../support/server.mjs";
import { intervals } from "../../../static/js/store/marks.js";

const begun = async () => {
  const phone = await makePhone(new Server());
  const { id } = await phone.store.startVisit({ site: "s1", questionnaire: PINNED });
  return { phone, store: phone.store, id };
};

test("two answers given at the same moment are both kept", async () => {
  const { store, id } = await begun();
  await Promise.all([store.answer(id, "clean", { value: true }), store.answer(id, "why", { value: "dust" })]);
  assert.deepEqual(Object.keys((await store.loadVisit(id)).answers).sort(), ["clean", "why"]);
});

test("a new answer replaces all three ways of answering and keeps the comment", async () => {
  const { store, id } = await begun();
  await store.comment(id, "clean", "wet");
  await store.answer(id, "clean", { could_not_check: "closed" });
  const { answers } = await store.answer(id, "clean", { value: false });
  assert.deepEqual([answers.clean.value, answers.clean.comment, "could_not_check" in answers.clean], [false, "wet", false]);
});

test("clear takes the answer and keeps the comment; an empty comment goes", async () => {
  const { store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  await store.comment(id, "clean", "wet");
  assert.deepEqual(Object.keys((await store.clear(id, "clean")).answers.clean).sort(), ["at", "comment"]);
  assert.deepEqual((await store.comment(id, "clean", " ")).answers, {});
});

test("text loses what the protocol refuses and nothing else", async () => {
  const { store, id } = await begun();
  const { answers } = await store.answer(id, "why", { value: "a\u0007\u0000b\r\nc\td \ud800 e\u0301" });
  assert.equal(answers.why.value, "ab\nc\td \ufffd \u00e9");
});

test("the rev grows with every change, and the last three are kept", async () => {
  const { store, id } = await begun();
  for (const value of [true, false, true, false, true]) await store.answer(id, "clean", { value });
  const kept = await store.history(id);
  assert.deepEqual(kept.map((visit) => visit.rev), [5, 4, 3]);
  const back = await store.restoreRevision(id, 5);
  assert.deepEqual([back.rev, back.answers.clean.value], [7, false]);
});

test("a finished visit takes no change, whoever holds an old copy of it", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  await phone.finish(id);
  await assert.rejects(store.answer(id, "clean", { value: false }), { code: "visit.finished" });
  await assert.rejects(store.addPhoto(id, "clean", picture("late"), { source: "camera" }), { code: "visit.finished" });
});

test("an unknown visit is never made by writing to it", async () => {
  const { store } = await begun();
  await assert.rejects(store.answer("nowhere", "clean", { value: true }), { code: "visit.unknown" });
  assert.equal((await store.listVisits()).length, 1);
});

test("what is frozen is what was on the screen, and is frozen once", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  const twice = await Promise.allSettled([phone.finish(id), phone.finish(id)]);
  assert.deepEqual(twice.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const { bytes, sha256 } = await store.revision(id);
  assert.equal(JSON.parse(Buffer.from(bytes).toString()).answers.clean.value, true);
  assert.equal(sha256.length, 64);
});

test("bytes made of an older rev are not frozen", async () => {
  const { store, id } = await begun();
  const { rev } = await store.answer(id, "clean", { value: true });
  await store.answer(id, "clean", { value: false });
  const frozen = { visit: id, rev, revision: 1, bytes: new ArrayBuffer(2), sha256: "x", photos: [], finished: { at: "t", offset_min: 0 } };
  await assert.rejects(store.freeze(frozen), { code: "visit.changed" });
  assert.equal((await store.loadVisit(id)).state, "draft");
});

test("an incomplete visit is not finished, and says what is missing", async () => {
  const { phone, id } = await begun();
  await assert.rejects(phone.finish(id), (error) => error.code === "visit.incomplete" && error.review.mistakes[0].code === "answer.required");
});

test("what the rules hide and what only the phone needs is not sent", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: false });
  await store.answer(id, "why", { value: "dust" });
  await store.answer(id, "clean", { value: true });
  await store.setDuration(id, "greeted", 40_000);
  await store.addPhoto(id, "clean", picture("one"), { source: "camera" });
  await phone.finish(id);
  const body = JSON.parse(Buffer.from((await store.revision(id)).bytes).toString());
  assert.deepEqual(Object.keys(body.answers), ["clean", "greeted"]);
  assert.deepEqual(Object.keys(body.answers.greeted), ["value", "at"]);
  assert.deepEqual(Object.keys(body.photos[0]).sort(), ["bytes", "caption", "height", "location", "original_sha256", "position", "question", "sha256", "source", "taken_at", "width"]);
});

test("a stopwatch is data: it runs through a restart, and stopping it answers", async () => {
  const { store, id } = await begun();
  await store.startStopwatch(id, "greeted");
  const visit = await store.stopStopwatch(id, "greeted");
  assert.equal(visit.answers.greeted.value, visit.timings[0].ms);
  assert.equal(visit.timings[0].question, "greeted");
  assert.deepEqual(visit.stopwatches, {});
});

test("a duration entered by hand is marked so and has no measured time beside it", async () => {
  const { store, id } = await begun();
  await store.startStopwatch(id, "greeted");
  await store.stopStopwatch(id, "greeted");
  const visit = await store.setDuration(id, "greeted", 84_000);
  assert.deepEqual([visit.answers.greeted.value, visit.answers.greeted.by_hand, visit.timings], [84_000, true, []]);
});

test("marks give the times between them, and the first tap counts", async () => {
  const { store, id } = await begun();
  await store.mark(id, "entered");
  const first = (await store.mark(id, "greeted")).marks;
  assert.deepEqual((await store.mark(id, "entered")).marks, first);
  assert.deepEqual(intervals(first).map(({ from, to }) => [from, to]), [["entered", "greeted"]]);
  assert.equal((await store.unmark(id, "greeted")).marks.length, 1);
});

test("a note of the discreet list becomes part of a question's comment", async () => {
  const { store, id } = await begun();
  await store.comment(id, "clean", "wet");
  const { notes } = await store.addNote(id, "ask about the blue one");
  const visit = await store.assignNote(id, notes[0].id, "clean");
  assert.deepEqual([visit.answers.clean.comment, visit.notes], ["wet\nask about the blue one", []]);
});

test("a comment without its answer stops the finish instead of being lost", async () => {
  const { phone, store, id } = await begun();
  await store.answer(id, "clean", { value: true });
  await store.comment(id, "greeted", "nobody came");
  await assert.rejects(phone.finish(id), (error) => error.review.mistakes[0].code === "comment.alone");
});
