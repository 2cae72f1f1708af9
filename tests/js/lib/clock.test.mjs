import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { elapsed, hasCome, hasPassed, moment, session } from "../../../static/js/lib/clock.js";

const DAY = 24 * 3600 * 1000;
const at = (wall, mono, page = session) => ({ at: "t", wall, mono, session: page });

test("a time is the wall clock's, and is marked where the phone slept or somebody set its clock", () => {
  assert.deepEqual(elapsed(at(1000, 10), at(61_000, 60_010)), { ms: 60_000, mono_ms: 60_000, clock_flag: false });
  assert.deepEqual(elapsed(at(1000, 10), at(61_000, 5010)), { ms: 60_000, mono_ms: 5000, clock_flag: true });
  assert.deepEqual(elapsed(at(DAY, 10), at(0, 60_010)), { ms: 0, mono_ms: 60_000, clock_flag: true }, "a day back");
});

test("a time measured through a reload has the wall clock alone", () => {
  assert.deepEqual(elapsed(at(1000, 10, "before"), at(61_000, 20)), { ms: 60_000, mono_ms: null, clock_flag: false });
});

test("winter time changes no time that was measured", () => {
  mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-10-25T00:59:30Z") }); // 02:59:30 in Budapest, half a minute before it is 02:00 again
  const from = moment();
  mock.timers.setTime(Date.parse("2026-10-25T01:00:30Z"));
  assert.equal(elapsed(from).ms, 60_000);
  mock.timers.reset();
});

test("a wait ends when its time has come, and when the clock was set back", () => {
  assert.deepEqual([hasCome(5000, 4999), hasCome(5000, 5000), hasCome(DAY, 5000)], [false, true, true]);
  assert.deepEqual([hasPassed(1000, 500, 1400), hasPassed(1000, 500, 1500), hasPassed(DAY, 500, 0)], [false, true, true]);
  assert.equal(hasPassed(1000, 500, 999), false, "a few milliseconds back are no jump");
});
