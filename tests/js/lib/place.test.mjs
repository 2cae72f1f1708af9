import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

let heard;
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { geolocation: { watchPosition: (seen, failed) => { heard = { seen, failed }; return 1; }, clearWatch() {} } },
});
let place;
let nth = 0;
beforeEach(async () => { place = await import(`../../../static/js/lib/place.js?${nth += 1}`); });
const at = (accuracy, timestamp = Date.now()) => ({ coords: { latitude: 47.5, longitude: 19, accuracy }, timestamp });

test("a good fix is told at once, and only once", () => {
  const fixes = [];
  const stop = place.watchPlace((fix) => fixes.push(fix));
  heard.seen(at(80));
  heard.seen(at(12));
  heard.seen(at(9));
  stop();
  assert.deepEqual(fixes.map((fix) => fix.accuracy_m), [12]);
  assert.equal(place.currentFix().accuracy_m, 9);
});

test("a poor fix is told when the visit is put away, and none is invented", () => {
  const fixes = [];
  const stop = place.watchPlace((fix) => fixes.push(fix));
  stop();
  assert.equal(fixes.length, 0);
  const again = place.watchPlace((fix) => fixes.push(fix));
  heard.seen(at(300));
  again();
  assert.equal(fixes[0].accuracy_m, 300);
});

test("a phone that never answers costs twenty seconds and nothing else", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const fixes = [];
  place.watchPlace((fix) => fixes.push(fix));
  mock.timers.tick(20_001);
  mock.timers.reset();
  assert.deepEqual(fixes, [{ reason: "timeout" }]);
  assert.equal(place.asLocation(place.currentFix()), null);
});

test("an old fix is not passed off as where the photo was taken", () => {
  const stop = place.watchPlace(() => {});
  heard.seen(at(5, Date.now() - 180_000));
  stop();
  assert.deepEqual(place.currentFix(), { reason: "old" });
});
