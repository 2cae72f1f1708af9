import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import * as format from "../../../static/js/lib/format.js";
import { _, language, n_, useCatalogue } from "../../../static/js/lib/i18n.js";
import { number } from "../../../static/js/questionnaire/kinds/number.js";
import { readNumber } from "../../../static/js/ui/kinds/number.js";
import { sayDistance } from "../../../static/js/ui/today-cards.js";
import { sayScore } from "../../../static/js/ui/words.js";
import { listTitle } from "../../../static/js/ui/screens/list-words.js";

afterEach(() => useCatalogue("en"));

const VISITS = ["{n} visit", "{n} visits"];
const said = (...numbers) => numbers.map((n) => n_(...VISITS, n));

test("each number takes the form that its language has for it", () => {
  useCatalogue("hu", { messages: { "{n} visit": ["{n} látogatás (egy)", "{n} látogatás (több)"] } });
  assert.deepEqual(said(0, 1, 2), ["0 látogatás (több)", "1 látogatás (egy)", "2 látogatás (több)"]);
  useCatalogue("pl", { messages: { "{n} visit": ["{n} wizyta", "{n} wizyty", "{n} wizyt"] } });
  assert.deepEqual(said(1, 2, 5, 22), ["1 wizyta", "2 wizyty", "5 wizyt", "22 wizyty"]);
});

test("one form serves every number where a language has no more", () => {
  useCatalogue("zh-Hans", { messages: { "{n} visit": ["{n} 次到访"] } });
  assert.deepEqual(said(0, 1, 7), ["0 次到访", "1 次到访", "7 次到访"]);
  useCatalogue("hu", { messages: { "{n} visit": ["{n} látogatás"] } });
  assert.deepEqual(said(1, 2), ["1 látogatás", "2 látogatás"]);
});

test("what a catalogue lacks is said in English, with English forms", () => {
  useCatalogue("hu", { messages: { Today: "Ma" } });
  assert.deepEqual([_("Today"), _("Outbox"), ...said(1, 2)], ["Ma", "Outbox", "1 visit", "2 visits"]);
  assert.equal(language(), "hu");
});

test("days, numbers and distances are written as the language writes them", () => {
  const at = "2026-11-26T10:04:00Z";
  useCatalogue("hu");
  assert.equal(format.longDate(at, "Europe/Budapest"), "november 26., csütörtök");
  assert.deepEqual([format.decimal("84.6"), format.time(at, "Europe/Budapest"), format.fileSize(6_100_000_000)], ["84,6", "11:04", "6,1 GB"]);
  assert.match(sayDistance({ metres: 2412, direction: "n" }), /^2,4 /);
  assert.equal(listTitle(Date.parse(at)), "csütörtök shop");
  useCatalogue("zh-Hant");
  assert.match(format.longDate(at, "Asia/Taipei"), /11月26日.*星期四/);
});

test("Chinese sentences follow each other without a space", () => {
  const scored = () => sayScore({ overall: "84.6", outcome: "pass" });
  assert.equal(scored(), "Score 84.6. Passed.");
  useCatalogue("zh-Hans", { messages: { "Score {score}.": "得分 {score}。", "Passed.": "通过。" } });
  assert.equal(scored(), "得分 84.6。通过。");
});

test("a number keeps its digits and takes the language's decimal sign", () => {
  const price = { unit: { en: "euro", hu: "euró" }, languages: ["en", "hu"] };
  assert.equal(number.show(price, "12.50"), "12.50 euro");
  useCatalogue("hu");
  assert.deepEqual([number.show(price, "12.50"), number.show(price, "-5")], ["12,50 euró", "-5 euró"]);
  assert.equal(readNumber(format.decimalText("4.50"), 2), "4.50");
});
