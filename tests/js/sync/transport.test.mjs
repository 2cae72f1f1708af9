import assert from "node:assert/strict";
import test from "node:test";
import { delay, Slots } from "../../../static/js/sync/backoff.js";
import { classify } from "../../../static/js/sync/classify.js";
import { Transport } from "../../../static/js/sync/transport.js";

const speaking = (response) => {
  const calls = [];
  const fetch = async (url, options) => {
    calls.push({ url, ...options });
    return typeof response === "function" ? response(options) : response;
  };
  return { calls, transport: new Transport({ device: "d", build: "7-abc", fetch }) };
};
const answer = (body, { status = 200, headers = { "X-Fieldscore": "1" } } = {}) => new Response(body, { status, headers });

test("a write carries who asks, that it is ours, and the digest of exactly what is sent", async () => {
  const { calls, transport } = speaking(answer("{}"));
  await transport.request({ method: "PUT", path: "/visits/v/draft", json: { a: 1 } });
  const [{ url, method, headers, body, redirect, credentials }] = calls;
  assert.deepEqual([url, method, redirect, credentials], ["/api/v1/visits/v/draft", "PUT", "error", "same-origin"]);
  assert.deepEqual([headers["X-Device"], headers["X-App-Build"], headers["X-Requested-With"]], ["d", "7-abc", "fieldscore"]);
  assert.equal(new TextDecoder().decode(body), '{"a":1}');
  assert.match(headers["Content-Digest"], /^sha-256=:[A-Za-z0-9+/]{43}=:$/);
});

test("what is not the server's own word is no answer", async () => {
  for (const response of [answer("{}", { headers: {} }), answer("<html>"), answer(null, { status: 204 })]) {
    assert.equal((await speaking(response).transport.request({ path: "/bootstrap" })).answered, false);
  }
  const failing = speaking(() => { throw new TypeError("network"); });
  assert.deepEqual((await failing.transport.request({ path: "/bootstrap" })).status, 0);
});

test("304 and raw bytes are answers without JSON", async () => {
  assert.equal((await speaking(answer(null, { status: 304 })).transport.request({ path: "/bootstrap", etag: "e" })).answered, true);
  const { bytes } = await speaking(answer("not json")).transport.request({ path: "/questionnaires/q/1", raw: true });
  assert.equal(Buffer.from(bytes).toString(), "not json");
});

test("Retry-After is read as seconds or as a date", async () => {
  const after = async (value) => (await speaking(answer("{}", { status: 503, headers: { "X-Fieldscore": "1", "Retry-After": value } })).transport.request({ path: "/x" })).retryAfter;
  assert.equal(await after("7"), 7000);
  assert.ok((await after(new Date(Date.now() + 60_000).toUTCString())) > 50_000);
  assert.equal(await after("soon"), null);
});

test("every answer falls into the protocol's class", () => {
  const kind = (status, code, photo) => classify({ answered: true, status, body: { code } }, { photo }).kind;
  for (const status of [300, 302, 408, 425, 429, 500, 502, 503, 507]) assert.equal(kind(status, "x"), "retry", status);
  assert.deepEqual([kind(401, "session.required"), kind(426, "client.too_old")], ["sign_in", "upgrade"]);
  assert.deepEqual([kind(409, "photos.missing"), kind(422, "digest.mismatch")], ["heal", "heal"]);
  assert.deepEqual([kind(413, "photo.too_large", true), kind(415, "photo.kind", true), kind(413, "x"), kind(415, "x")], ["retake", "retake", "stop", "stop"]);
  assert.equal(kind(409, "revision.differs"), "conflict");
  for (const [status, code] of [[400, "json.invalid"], [403, "visit.owner_mismatch"], [404, "x"], [409, "photos.too_many"], [409, "revision.unexpected"], [422, "revision.invalid"]]) {
    assert.equal(kind(status, code, true), "stop", code);
  }
  assert.equal(classify({ answered: false, status: 200, body: null }).kind, "retry");
});

test("waiting grows to five minutes, is spread, and never undercuts Retry-After", () => {
  assert.equal(delay(0, () => 0.5), 1000);
  assert.equal(delay(3, () => 0.5), 8000);
  assert.equal(delay(30, () => 0.999999) <= 300_000, true);
  assert.equal(delay(0, () => 0.5, 9000), 9000);
});

test("slots let everyone in, in turn, and none too many", async () => {
  const slots = new Slots(() => 2);
  let [now, most, done] = [0, 0, 0];
  const work = () => slots.run(async () => {
    most = Math.max(most, now += 1);
    await new Promise((resolve) => { setTimeout(resolve, 1); });
    now -= 1;
    done += 1;
    if (done === 3) throw new Error("one fails");
  });
  await Promise.allSettled(Array.from({ length: 9 }, work));
  assert.deepEqual([most, done], [2, 9]);
});
