import assert from "node:assert/strict";
import test from "node:test";
import { bringBack, rescued } from "../../../static/js/store/rescue.js";
import { makePhone } from "../support/phone.mjs";
import { Server } from "../support/server.mjs";

const begun = async (person) => {
  const phone = await makePhone(new Server(), { person });
  const id = await phone.visit();
  return { ...phone, id };
};
const losing = (database) => {
  const { write } = database;
  database.write = async () => { throw Object.assign(new Error("lost"), { code: "storage.lost" }); };
  return () => { database.write = write; };
};

test("what the storage would not take is there again after the page was loaded anew", async () => {
  const { store, database, id } = await begun("p1");
  const comesBack = losing(database);
  await assert.rejects(store.answer(id, "clean", { value: false }), { code: "storage.lost" });
  await assert.rejects(store.comment(id, "clean", "wet"), { code: "storage.lost" });
  comesBack();
  await bringBack(store);
  const { answers: { clean } } = await store.loadVisit(id);
  assert.deepEqual([clean.value, clean.comment, rescued("p1")], [false, "wet", []]);
});

test("a newer answer on the disk is not undone, nor a finished visit changed", async () => {
  const { store, database, id, finish } = await begun("p2");
  const comesBack = losing(database);
  await store.answer(id, "clean", { value: false }).catch(() => {});
  comesBack();
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  await store.answer(id, "clean", { value: true });
  await bringBack(store);
  assert.equal((await store.loadVisit(id)).answers.clean.value, true);
  const goesAgain = losing(database);
  await store.answer(id, "clean", { value: false }).catch(() => {});
  goesAgain();
  await finish(id);
  await bringBack(store);
  assert.deepEqual([(await store.loadVisit(id)).answers.clean.value, rescued("p2")], [true, []]);
});

test("while the storage stays away it is kept, for its own person alone", async () => {
  const { store, database, id } = await begun("p3");
  losing(database);
  await store.answer(id, "clean", { value: false }).catch(() => {});
  await assert.rejects(bringBack(store));
  assert.equal(rescued("p3").length, 1);
  assert.deepEqual(rescued("p4"), []);
});
