import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import * as format from "../../../static/js/lib/format.js";
import { _, n_, pick, useCatalogue } from "../../../static/js/lib/i18n.js";
import { elapsed } from "../../../static/js/lib/clock.js";
import { look } from "../../../static/js/lib/image.js";

afterEach(() => useCatalogue("en"));

test("times are the shop's, whatever zone the phone is in", () => {
  assert.equal(format.time("2026-11-24T10:04:00Z", "Europe/Budapest"), "11:04");
  assert.equal(format.time("2026-11-24T23:30:00Z", "Asia/Hong_Kong"), "07:30");
  assert.equal(format.shortDate("2026-11-24T23:30:00Z", "Asia/Hong_Kong"), "Wed 25 Nov");
  assert.equal(format.longDate("2026-11-26T10:00:00Z", "Europe/Budapest"), "Thursday 26 November");
});

test("a zone this browser does not know falls back instead of failing", () => {
  assert.match(format.time("2026-11-24T10:04:00Z", "Mars/Base"), /^\d\d:\d\d$/);
});

test("whether it is the same day depends on the zone", () => {
  const [late, early] = ["2026-11-24T22:30:00Z", "2026-11-24T23:30:00Z"];
  assert.deepEqual([format.sameDay(late, early, "UTC"), format.sameDay(late, early, "Europe/Budapest")], [true, false]);
});

test("a stopwatch counts seconds, then hours", () => {
  assert.deepEqual([0, 84_900, 3_725_000].map(format.stopwatch), ["0:00", "1:24", "1:02:05"]);
});

test("sizes, receipts and distances read like the screens", () => {
  assert.deepEqual([format.fileSize(48_000_000), format.fileSize(6_100_000_000)], ["48 MB", "6.1 GB"]);
  assert.equal(format.shortReceipt("7f3a19c2-aaaa"), "7F3A 19C2");
  const { metres, direction } = format.distance({ lat: 47.5, lon: 19.05 }, { lat: 47.515, lon: 19.072 });
  assert.deepEqual([Math.round(metres / 100), direction], [23, "ne"]);
});

test("English is its own catalogue; another language has its own forms for numbers", () => {
  assert.equal(_("Saved {time}.", { time: "10:42" }), "Saved 10:42.");
  assert.equal(n_("{n} photo", "{n} photos", 1), "1 photo");
  assert.equal(n_("{n} photo", "{n} photos", 3), "3 photos");
  useCatalogue("hu", { messages: { "Saved {time}.": "Mentve: {time}.", "{n} photo": ["{n} fénykép", "{n} fénykép"] } });
  assert.equal(_("Saved {time}.", { time: "10:42" }), "Mentve: 10:42.");
  assert.equal(n_("{n} photo", "{n} photos", 3), "3 fénykép");
  assert.equal(_("Not translated"), "Not translated");
});

test("a value that looks like a placeholder is left alone", () => {
  assert.equal(_("{a} and {b}", { a: "{b}" }), "{b} and {b}");
});

test("content says in which language it is", () => {
  assert.deepEqual(pick({ en: "Floor", hu: "Padló" }, ["hu", "en"]), { text: "Padló", lang: "hu" });
  assert.deepEqual(pick({ el: "Πάτωμα" }, ["hu", "en"]), { text: "Πάτωμα", lang: "el" });
  assert.deepEqual(pick(null), { text: "", lang: "" });
});

test("two clocks of one page load are compared, two page loads are not", () => {
  const from = { wall: 1000, mono: 10, session: "a" };
  assert.deepEqual(elapsed(from, { wall: 91_000, mono: 90_010, session: "a" }), { ms: 90_000, mono_ms: 90_000, clock_flag: false });
  assert.equal(elapsed(from, { wall: 91_000, mono: 30_010, session: "a" }).clock_flag, true);
  assert.deepEqual(elapsed(from, { wall: 91_000, mono: 5, session: "b" }), { ms: 90_000, mono_ms: null, clock_flag: false });
  assert.equal(elapsed(from, { wall: 0, mono: 20, session: "a" }).ms, 0);
});

test("a picture is known by its bytes, and what is none is refused", () => {
  const png = new Uint8Array(40);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  new DataView(png.buffer).setUint32(16, 640);
  new DataView(png.buffer).setUint32(20, 480);
  assert.deepEqual(look(png.buffer), { type: "image/png", width: 640, height: 480 });
  const jpeg = new Uint8Array(40);
  jpeg.set([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0x01, 0xe0, 0x02, 0x80]);
  assert.deepEqual(look(jpeg.buffer), { type: "image/jpeg", width: 640, height: 480 });
  assert.equal(look(new TextEncoder().encode("%PDF-1.7 and so on, long enough to be looked at").buffer), null);
  for (let length = 0; length < 40; length += 1) look(jpeg.buffer.slice(0, length));
});
