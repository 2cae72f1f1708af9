import assert from "node:assert/strict";
import test from "node:test";
import { Server } from "../support/server.mjs";
import { canonical } from "../../../static/js/lib/json.js";
import { checkReceipt } from "../../../static/js/sync/receipt.js";

const ours = { visit: "v", revision: 1, sha256: "a".repeat(64), photos: ["b".repeat(64), "a".repeat(64)] };
const issued = async () => {
  const server = new Server();
  const { body: { keys } } = await server.request({ path: "/receipt-keys" });
  return { keys, receipt: server.accept("v", 1, ours.sha256, [...ours.photos].sort()) };
};

test("a receipt is good when it names our visit, number, bytes and photos and its signature holds", async () => {
  const { keys, receipt } = await issued();
  assert.deepEqual(await checkReceipt(receipt, ours, keys), { code: null, signature: "valid" });
});

test("any other name in it makes it no receipt of ours", async () => {
  const { keys, receipt } = await issued();
  for (const [name, value] of [["visit", "w"], ["revision", 2], ["sha256", "c".repeat(64)], ["photos", []], ["receipt", null]]) {
    assert.equal((await checkReceipt({ ...receipt, [name]: value }, ours, keys)).code, "receipt.mismatch", name);
  }
});

test("a changed word or another spelling of the signature is refused", async () => {
  const { keys, receipt } = await issued();
  const spelt = { ...receipt, signature: receipt.signature.replace(/=+$/, "") };
  const urlSafe = { ...receipt, signature: `-${receipt.signature.slice(1)}` };
  for (const bad of [{ ...receipt, previous: "x" }, spelt, urlSafe]) {
    assert.equal((await checkReceipt(bad, ours, keys)).code, "receipt.signature");
  }
});

test("with a key that is not here it is kept as unchecked", async () => {
  const { receipt } = await issued();
  assert.deepEqual(await checkReceipt(receipt, ours, []), { code: null, signature: "unchecked" });
});

test("the canonical form has sorted keys, no spaces and unescaped text", () => {
  assert.equal(canonical({ b: [1, null, "é\n"], a: { d: true, c: "“" } }), '{"a":{"c":"“","d":true},"b":[1,null,"é\\n"]}');
});
