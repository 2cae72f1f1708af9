import assert from "node:assert/strict";
import { test } from "node:test";
import { LateSave, saveAll } from "../../static/js/ui/late-save.js";
import { handMs } from "../../static/js/ui/kinds/duration.js";
import { toggled } from "../../static/js/ui/kinds/choices.js";
import { readNumber } from "../../static/js/ui/kinds/number.js";
import { sourceOf } from "../../static/js/ui/photo-input.js";
import { parse, to } from "../../static/js/ui/router.js";

test("every address leads back to its screen", () => {
  assert.deepEqual(parse(to.question("v1", "floors_clean")), { name: "question", visit: "v1", question: "floors_clean" });
  assert.equal(parse(to.list("v1")).name, "list");
  assert.equal(parse(to.today).name, "today");
  assert.equal(parse("#/nowhere/at/all").name, "today");
});

test("the list's address names neither us nor a visit", () => {
  assert.match(to.list("v1"), /^#\/lists\/v1$/);
});

test("a number may be typed with a comma and with spaces, but not more finely than asked", () => {
  assert.equal(readNumber("4,50", 2), "4.50");
  assert.equal(readNumber("1 200", 0), "1200");
  assert.equal(readNumber("4.5", 0), null);
  assert.equal(readNumber("four", 2), null);
});

test("ticks keep the definition's order", () => {
  const options = [{ key: "a" }, { key: "b" }, { key: "c" }];
  assert.deepEqual(toggled(options, ["c"], "a"), ["a", "c"]);
  assert.deepEqual(toggled(options, ["a", "c"], "a"), ["c"]);
});

test("a time by hand is minutes and seconds, an empty box is nothing", () => {
  assert.equal(handMs("2", "05"), 125000);
  assert.equal(handMs("", "30"), 30000);
  assert.equal(handMs("a", "1"), null);
});

test("a fresh file came from the camera, an old one from the gallery", () => {
  const now = 1_000_000_000;
  assert.equal(sourceOf({ lastModified: now - 1000 }, false, now), "camera");
  assert.equal(sourceOf({ lastModified: now - 600_000 }, false, now), "gallery");
  assert.equal(sourceOf({ lastModified: 0 }, true, now), "camera");
});

test("the last of several keys is saved, once", async () => {
  const saved = [];
  const text = new LateSave(async (value) => saved.push(value), 1);
  text.later("a");
  text.later("ab");
  await text.now();
  await text.now();
  assert.deepEqual(saved, ["ab"]);
});

test("a slow save is never overtaken by the next", async () => {
  const saved = [];
  const text = new LateSave((value) => new Promise((done) => setTimeout(() => done(saved.push(value)), value === "slow" ? 20 : 0)), 1);
  text.later("slow");
  const first = text.now();
  text.later("quick");
  await saveAll();
  await first;
  assert.deepEqual(saved, ["slow", "quick"]);
});

test("a refused save does not stop the next", async () => {
  const saved = [];
  const text = new LateSave(async (value) => {
    if (value === "bad") throw new Error("storage.full");
    saved.push(value);
  }, 1);
  text.later("bad");
  await assert.rejects(text.now());
  text.later("good");
  await text.now();
  assert.deepEqual(saved, ["good"]);
});
