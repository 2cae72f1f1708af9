import assert from "node:assert/strict";
import test from "node:test";
import { cards } from "../../../static/js/store/cards.js";

const pinned = { slug: "shop", version: 1, sha256: "a" };
const assignment = (visit, more) => ({ id: `a-${visit}`, visit, site: "s1", questionnaire: pinned, brief: "b", from: null, until: null, state: "open", ...more });
const visit = (id, more) => ({ id, assignment: null, site: "s1", questionnaire: pinned, state: "closed", revision: 1, photos: [], finished: null, device: "here", saved_at: "t", ...more });
const revision = (id, more) => ({ visit: id, revision: 1, state: "queued", sent_at: null, receipt: null, purged_at: null, ...more });
const known = ({ assignments = [], sites = [], server = [], drafts = [], visits = [], revisions = [], active = [], discarded = [] }) => ({
  bootstrap: { assignments, sites, visits: server, drafts, questionnaires: [] }, visits, revisions, uploads: [], questionnaires: new Map(), active: new Set(active), discarded,
});
const states = (facts) => cards(known(facts)).map((card) => card.state);

test("a planned visit is one card before, during and after", () => {
  assert.deepEqual(states({ assignments: [assignment("v")] }), ["planned"]);
  assert.deepEqual(states({ assignments: [assignment("v")], visits: [visit("v", { state: "draft" })] }), ["draft"]);
  assert.deepEqual(states({ visits: [visit("v")], revisions: [revision("v")] }), ["queued"]);
  assert.deepEqual(states({ visits: [visit("v")], revisions: [revision("v")], active: ["v"] }), ["sending"]);
  assert.deepEqual(states({ visits: [visit("v")], revisions: [revision("v", { state: "sent" })] }), ["sent"]);
  assert.deepEqual(states({ visits: [visit("v")], revisions: [revision("v", { state: "sent", purged_at: "t" })] }), ["purged"]);
});

test("a cancelled assignment goes from the list unless its visit has begun here", () => {
  const cancelled = assignment("v", { state: "cancelled" });
  assert.deepEqual(states({ assignments: [cancelled] }), []);
  assert.deepEqual(states({ assignments: [cancelled], visits: [visit("v", { state: "draft" })] }), ["draft"]);
});

test("an assignment that was cancelled is said of a visit that has begun here, until it is received", () => {
  const here = visit("v", { state: "draft", assignment: "a-v" });
  const isCancelled = (facts) => cards(known({ visits: [here], ...facts }))[0].cancelled;
  const draft = { visit: "v", site: "s1", state: "draft" };
  assert.equal(isCancelled({ assignments: [assignment("v")], server: [draft] }), false);
  assert.equal(isCancelled({}), true);
  assert.equal(isCancelled({ server: [draft] }), true, "photos of it have arrived");
  assert.equal(isCancelled({ visits: [visit("v", { assignment: "a-v" })], revisions: [revision("v")] }), true, "it waits to be sent");
  assert.equal(isCancelled({ visits: [visit("v", { assignment: "a-v" })], revisions: [revision("v", { state: "sent" })] }), false);
  assert.equal(isCancelled({ server: [{ ...draft, state: "submitted", revision: 1 }] }), false, "another phone sent it, so it is done");
  assert.equal(isCancelled({ visits: [{ ...here, revision: 2 }], server: [{ ...draft, state: "returned", revision: 1 }] }), false);
  assert.equal(isCancelled({ visits: [{ ...here, assignment: null }] }), false, "nobody had planned it");
});

test("the server's older word never hides newer work on the phone", () => {
  const server = [{ visit: "v", site: "s1", state: "returned", revision: 1, receipt: "r", reasons: [], unreadable: [] }];
  assert.deepEqual(states({ server, visits: [visit("v", { state: "draft", revision: 2 })], revisions: [revision("v", { state: "sent" })] }), ["draft"]);
  assert.deepEqual(states({ server, visits: [visit("v", { revision: 2 })], revisions: [revision("v", { revision: 2 })] }), ["queued"]);
  assert.deepEqual(states({ server, visits: [visit("v", { revision: 2 })], revisions: [revision("v", { revision: 2, state: "sent" })] }), ["sent"]);
  assert.deepEqual(states({ server, visits: [visit("v")], revisions: [revision("v", { state: "sent" })] }), ["returned"]);
});

test("what another phone began or sent is listed, so that it can be taken over", () => {
  const drafts = [{ visit: "v", device: "there", rev: 3, saved_at: "t" }];
  const [card] = cards(known({ drafts, server: [{ visit: "v", site: "s1", state: "draft" }], sites: [{ code: "s1", name: "Station Road" }] }));
  assert.deepEqual([card.state, card.site.name, card.elsewhere.length], ["planned", "Station Road", 1]);
  assert.deepEqual(states({ server: [{ visit: "w", site: "s1", state: "returned", revision: 1, receipt: "r" }] }), ["returned"]);
});

test("what another phone began from a plan that is gone has its site from the draft, whose photos came first", () => {
  const drafts = [{ visit: "v", device: "there", rev: 3, saved_at: "t", site: "s1" }];
  const [card] = cards(known({ drafts, server: [{ visit: "v", site: null, state: "draft" }], sites: [{ code: "s1", name: "Station Road" }] }));
  assert.deepEqual([card.site.name, card.assignment], ["Station Road", null]);
});

test("a draft that was taken over is not offered again, unless the other phone went on", () => {
  const here = visit("v", { state: "draft", taken: { device: "there", rev: 3 } });
  const other = (rev) => [{ visit: "v", device: "there", rev, saved_at: "t" }];
  assert.equal(cards(known({ drafts: other(3), visits: [here] }))[0].elsewhere.length, 0);
  assert.equal(cards(known({ drafts: other(4), visits: [here] }))[0].elsewhere.length, 1);
});

test("a draft that was given up here does not come back", () => {
  const drafts = [{ visit: "v", device: "here", rev: 3, saved_at: "t" }];
  assert.deepEqual(states({ drafts, discarded: ["v"] }), []);
});

test("our own backup is not another phone", () => {
  const drafts = [{ visit: "v", device: "here", rev: 3, saved_at: "t" }];
  assert.deepEqual(cards(known({ drafts, visits: [visit("v", { state: "draft" })] }))[0].elsewhere, []);
});
