import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";
import "../support/browser.mjs";
import { _, language, useCatalogue } from "../../../static/js/lib/i18n.js";

const TEXTS = { hu: { Today: "Ma" }, "zh-Hant": { Today: "今天" } };
let [asked, answers, speaking, nth] = [[], {}, null, 0];
const answer = (code) => ({ ok: code in TEXTS, json: async () => ({ messages: TEXTS[code] }) });
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

globalThis.document = { documentElement: { lang: "en" }, querySelector: () => ({ content: "en hu zh-Hans zh-Hant" }) };
globalThis.fetch = async (address) => {
  const code = address.match(/^\/static\/locale\/(.+)\.json$/)[1];
  asked.push(code);
  return (await answers[code]) ?? answer(code);
};
const browser = (languages, serviceWorker) =>
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { languages, serviceWorker } });

beforeEach(async () => {
  [asked, answers] = [[], {}];
  localStorage.removeItem("fieldscore.language");
  document.documentElement.lang = "en";
  useCatalogue("en");
  speaking = await import(`../../../static/js/lib/speak.js?${nth += 1}`);
});

test("before anybody has signed in, the browser's first language that is ours is spoken", () => {
  const first = (...languages) => { browser(languages); return speaking.firstLanguage(); };
  assert.deepEqual([first("de-AT", "hu-HU", "en"), first("en-US"), first("fr")], ["hu", "en", "en"]);
  assert.deepEqual([first("zh-TW"), first("zh-HK"), first("zh"), first("zh-Hans-SG")], ["zh-Hant", "zh-Hant", "zh-Hans", "zh-Hans"]);
});

test("one catalogue is asked for, the page says its language, and the next start knows it", async () => {
  browser(["en"]);
  let told = 0;
  await Promise.all([speaking.speak("hu", () => { told += 1; }), speaking.speak("hu")]);
  assert.deepEqual([asked, told, _("Today"), document.documentElement.lang], [["hu"], 1, "Ma", "hu"]);
  assert.equal(speaking.firstLanguage(), "hu");
});

test("English needs no catalogue", async () => {
  await speaking.speak("hu");
  await speaking.speak("en");
  assert.deepEqual([asked, _("Today"), document.documentElement.lang, speaking.firstLanguage()], [["hu"], "Today", "en", "en"]);
});

test("what cannot be had changes nothing and is asked for again", async () => {
  for (const failure of [Promise.reject(new TypeError("offline")), { ok: false }, { ok: true, json: async () => JSON.parse("<html>") }]) {
    answers = { "zh-Hant": failure };
    await speaking.speak("zh-Hant");
    assert.deepEqual([language(), document.documentElement.lang], ["en", "en"]);
  }
  answers = {};
  await speaking.speak("zh-Hant");
  assert.equal(_("Today"), "今天");
});

test("a slow network keeps nobody waiting, and is heard when it answers", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let [arrive, told] = [null, 0];
  answers = { hu: new Promise((resolve) => { arrive = () => resolve(answer("hu")); }) };
  const waiting = speaking.speak("hu", () => { told += 1; });
  mock.timers.tick(2000);
  await waiting;
  assert.equal(language(), "en");
  arrive();
  await settled();
  assert.deepEqual([language(), told], ["hu", 1]);
  mock.timers.reset();
});

test("of two languages the one asked for last is spoken, whichever comes first", async () => {
  let arrive = null;
  answers = { hu: new Promise((resolve) => { arrive = () => resolve(answer("hu")); }) };
  const first = speaking.speak("hu");
  await speaking.speak("zh-Hant");
  arrive();
  await first;
  await settled();
  assert.equal(language(), "zh-Hant");
});

test("a worker that comes later is asked for what is spoken, so that it keeps it", async () => {
  const workers = new EventTarget();
  browser(["en"], workers);
  speaking.keepSpoken();
  workers.dispatchEvent(new Event("controllerchange"));
  await speaking.speak("hu");
  workers.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual(asked, ["hu", "hu"]);
});

test("a machine without a language, whose tag is none, is spoken to in English", () => {
  assert.equal(speaking.bestOf(["en", "hu"], ["C", "c", "en_US.utf8"]), "en");
  assert.equal(speaking.bestOf(["en", "hu"], ["C", "hu-HU"]), "hu");
});
