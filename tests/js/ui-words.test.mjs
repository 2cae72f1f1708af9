import assert from "node:assert/strict";
import { test } from "node:test";
import { outbox, sayCard } from "../../static/js/ui/outbox-cards.js";
import { dashes, missing, nextOpen, noteOf, sayMissing } from "../../static/js/ui/sections.js";
import { sayRefusal, sayScore } from "../../static/js/ui/words.js";
import { sayDistance, sayUnsent, sayWindow, stuck, today } from "../../static/js/ui/today-cards.js";

const IDLE = { paused: null, offline_since: null, sending: null, unsent: 0 };
const site = { name: "Station Road", time_zone: "Europe/Budapest" };
const card = (state, more = {}) => ({ visit: state, state, site, photos: { total: 0, stored: 0 }, reasons: [], ...more });

test("the outbox puts what needs a person first and what is done last", () => {
  const states = ["sent", "queued", "draft", "returned", "planned", "sending", "attention"];
  assert.deepEqual(outbox(states.map((state) => card(state))).map((each) => each.state), ["attention", "returned", "sending", "queued", "sent"]);
});

test("each visit has one line that is true", () => {
  const sending = card("sending", { photos: { total: 9, stored: 3 } });
  assert.equal(sayCard(sending, IDLE).text, "Sending 3 of 9 photos.");
  assert.deepEqual(sayCard(sending, IDLE).meter, { value: 3, max: 9 });
  assert.match(sayCard(card("sent", { sent_at: "2026-11-24T09:42:00Z", receipt: "7f3a19c2-aa" }), IDLE).text, /^Sent at .* Receipt 7F3A 19C2\.$/);
  assert.equal(sayCard(card("returned", { reasons: [{ question: null, text: "Add a photo." }] }), IDLE).text, "Add a photo.");
  assert.match(sayCard(card("attention", { code: "photo.kind" }), IDLE).text, /Take it again/);
});

test("a score says its outcome where there is one, and nothing where nothing was scored", () => {
  assert.equal(sayScore({ overall: "84.6", outcome: "pass" }), "Score 84.6. Passed.");
  assert.equal(sayScore({ overall: "60.0", outcome: "fail" }), "Score 60.0. Not passed.");
  assert.equal(sayScore({ overall: "100.0", outcome: "none" }), "Score 100.0.");
  assert.equal(sayScore({ overall: null, outcome: "none" }), "");
});

test("a refusal nobody has heard of says what is safe and what to do, in no technical word", () => {
  assert.equal(sayCard(card("attention", { code: "moon.full" }), IDLE).text, "it was not accepted. Everything stays saved here. Ask your manager.");
});

test("a photo that holds a visit up is named by its number where it is known", () => {
  const say = (photo) => sayCard(card("attention", { code: "photo.kind", photo }), IDLE).text;
  assert.equal(say(4), "photo 4 cannot be read. Everything stays saved here. Take it again, or take it out.");
  assert.match(say(null), /^a photo cannot be read\./);
  const review = reviewOf({ photos: [{ id: "x" }, { id: "y" }], mistakes: [{ question: "a", code: "photo.kind", photo: "y" }] });
  const { found: [{ mistake }] } = missing(review);
  assert.equal(sayMissing(mistake, ""), "Photo 2 cannot be read: take it again");
});

test("sending says how many photos and how much of them", () => {
  const bytes = { done: 1_200_000, total: 4_000_000 };
  const said = sayCard(card("sending", { photos: { total: 9, stored: 3, bytes } }), IDLE);
  assert.equal(said.text, "Sending 3 of 9 photos. 1.2 MB of 4 MB.");
  assert.deepEqual(said.meter, { value: 1_200_000, max: 4_000_000 });
});

test("an account that may not send is said so, and nothing claims to go by itself", () => {
  const refused = { ...IDLE, unsent: 1, paused: "account.refused" };
  assert.match(sayUnsent(refused).text, /Your account cannot send now\. Everything stays saved here\./);
  assert.equal(sayCard(card("queued", { finished_at: "2026-11-24T09:42:00Z" }), refused).bold, "Your account cannot send now.");
});

test("without a session nothing that waits claims to be sending", () => {
  const signedOut = { ...IDLE, paused: "session.required" };
  assert.equal(sayCard(card("queued", { finished_at: "2026-11-24T09:42:00Z" }), signedOut).bold, "Sign in to send.");
  assert.equal(sayUnsent({ ...signedOut, unsent: 3 }).bold, "Sign in to send 3 visits.");
});

test("without a session Today and the outbox ask to sign in although nothing waits", () => {
  const { bold, text, signIn } = sayUnsent({ ...IDLE, paused: "session.required" });
  assert.deepEqual([bold, text, signIn], ["Sign in to get new visits.", "Everything stays saved here.", true]);
});

test("a draft that is no longer planned comes after the others, however new it is", () => {
  const { drafts } = today([
    card("draft", { visit: "gone", saved_at: "2026-11-24T09:00:00Z", cancelled: true }), card("draft", { visit: "kept", saved_at: "2026-11-24T07:00:00Z", cancelled: false }),
  ], Date.parse("2026-11-24T10:00:00Z"));
  assert.deepEqual(drafts.map((each) => each.visit), ["kept", "gone"]);
});

test("no network is said with its time, and nothing is said when nothing waits", () => {
  assert.equal(sayUnsent(IDLE), null);
  assert.match(sayUnsent({ ...IDLE, unsent: 1, offline_since: "2026-11-24T09:44:00Z" }).text, /^No network since .* It goes by itself\.$/);
});

test("windows are said in the shop's time", () => {
  const now = Date.parse("2026-11-24T08:00:00Z");
  const say = (from, until) => sayWindow({ site, from, until }, now);
  assert.equal(say("2026-11-24T11:00:00Z", "2026-11-24T14:00:00Z"), "Between 12:00 and 15:00");
  assert.equal(say("2026-11-24T08:00:00Z", "2026-11-24T17:00:00Z"), "Any time, 09:00 to 18:00");
  assert.equal(say("2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"), "Any time");
  assert.equal(say("2026-11-23T23:00:00Z", "2026-11-26T23:00:00Z"), "Until Thursday 26 November");
  assert.match(say("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"), /^Was planned until/);
});

test("today holds drafts and what is due; what comes stands by day", () => {
  const now = Date.parse("2026-11-24T08:00:00Z");
  const plan = today([
    card("draft", { saved_at: "2026-11-24T07:00:00Z" }),
    card("planned", { visit: "due", from: "2026-11-24T11:00:00Z" }),
    card("planned", { visit: "late", from: "2026-11-20T11:00:00Z" }),
    card("planned", { visit: "next", from: "2026-11-26T08:00:00Z" }),
    card("planned", { visit: "next2", from: "2026-11-26T12:00:00Z" }),
  ], now);
  assert.equal(plan.drafts.length, 1);
  assert.deepEqual(plan.due.map((each) => each.visit), ["late", "due"]);
  assert.deepEqual(plan.coming.map((group) => group.cards.length), [2]);
});

test("ways are said in metres near by and in kilometres farther off", () => {
  assert.equal(sayDistance({ metres: 2412, direction: "ne" }), "2.4 km north-east.");
  assert.equal(sayDistance({ metres: 430, direction: "s" }), "450 m south.");
  assert.equal(sayDistance({ metres: 9940, direction: "n" }), "9.9 km north.");
  assert.equal(sayDistance({ metres: 12_600, direction: "w" }), "13 km west.");
});

const asks = { takesValue: true, takesAnswer: true };
const reads = { takesValue: false, takesAnswer: false };
const question = (key, behaviour = asks) => ({ key, behaviour });
const reviewOf = ({ answers = {}, mistakes = [], photos = [] } = {}) => ({
  definition: { sections: [{ key: "s", title: {}, questions: [question("a"), question("n", reads), question("b"), question("c")] }] },
  visible: new Set(["a", "n", "b", "c"]),
  record: { answers, photos },
  mistakes,
});
const required = (key) => ({ question: key, code: "answer.required", need: 1 });

test("next goes on to what is open, and then back to what was passed over", () => {
  const review = reviewOf({ answers: { b: { value: true } }, mistakes: [required("a"), required("c")] });
  assert.equal(nextOpen(review, "b"), "c");
  assert.equal(nextOpen(review, "c"), "a");
});

test("a note that follows is read, and an optional question ahead is offered once", () => {
  assert.equal(nextOpen(reviewOf(), "a"), "n");
  assert.equal(nextOpen(reviewOf({ answers: { a: { value: 1 }, b: { value: 1 } } }), "b"), "c");
  assert.equal(nextOpen(reviewOf({ answers: { a: { value: 1 }, b: { value: 1 } } }), "c"), null);
});

test("dashes say where one is and what is answered, a comment alone is no answer", () => {
  const review = reviewOf({ answers: { a: { value: false }, c: { comment: "Later" } } });
  const [section] = review.definition.sections;
  assert.deepEqual(dashes(review, section, "b").map((dash) => dash.state), ["done", "done", "here", "open"]);
});

test("photos of nobody count as one thing before one can finish", () => {
  const loose = [1, 2].map(() => ({ question: null, code: "photo.unassigned" }));
  assert.equal(missing(reviewOf({ mistakes: [required("a"), required("a"), ...loose] })).count, 2);
});

test("what is missing is said in words", () => {
  assert.equal(sayMissing({ code: "photos.too_few", need: 1 }, "No"), "Answered No: needs 1 photo");
  assert.equal(sayMissing({ code: "reason.required", need: 1 }, ""), "Could not check: say why");
  const review = reviewOf({ mistakes: [{ question: "a", code: "photos.too_few", need: 1 }] });
  assert.deepEqual(noteOf(review, review.definition.sections[0]), { text: "1 photo missing", open: true });
});

test("only what goes is said to go by itself: a visit that is stuck is left out of the line", () => {
  const cards = [card("attention"), card("queued")];
  assert.equal(sayUnsent({ ...IDLE, unsent: 2 }, cards).bold, "1 visit is saved here, not sent yet.");
  assert.equal(sayUnsent({ ...IDLE, unsent: 1 }, cards.slice(0, 1)), null);
  assert.deepEqual(stuck(cards).map((each) => each.state), ["attention"]);
});

test("each reason that holds everything up says what to do, on Today and in the outbox", () => {
  const queued = card("queued", { finished_at: "2026-11-24T09:42:00Z" });
  const said = { "client.too_old": /then tap Update now\./, "person.other": /when you sign in again\./, "account.refused": /Ask your manager\./ };
  for (const [paused, what] of Object.entries(said)) {
    assert.match(sayUnsent({ ...IDLE, unsent: 1, paused }).text, what);
    assert.match(sayCard(queued, { ...IDLE, paused }).text, what);
    assert.match(sayRefusal({ code: paused }), what);
  }
});

test("loading the page again is the advice only where that helps", () => {
  const said = {
    "visit.exists": /keeps its own\. Go on with that\./, "visit.unknown": /Everything stays saved here\. Ask your manager\./,
    "visit.incomplete": /Everything stays saved here\. Open the visit and look at what is missing\./,
    "session.required": /Everything stays saved here\. Sign in, then try again\./,
    "client.too_old": /Everything stays saved here\. Load the page again, then tap Update now\./,
    "revision.too_large": /Everything stays saved here\. Shorten some\./, "revision.differs": /Ask your manager which one counts\./,
    "moon.full": /^it was not accepted\. Everything stays saved here\. Ask your manager\.$/,
    "note.unknown": /changed in another tab\. Load the page again\./,
  };
  for (const [code, what] of Object.entries(said)) assert.match(sayRefusal({ code }), what);
  assert.match(sayRefusal(new TypeError("a fault of ours")), /^something went wrong\./);
  assert.match(sayRefusal(new DOMException("one of the browser's", "DataError")), /^something went wrong\./);
});
