import assert from "node:assert/strict";
import test from "node:test";
import { makePhone } from "../support/phone.mjs";
import { Server } from "../support/server.mjs";
import { Transport } from "../../../static/js/sync/transport.js";

const BELA = { id: "bela", name: "Béla", language: "hu" };

/** Amira's phone with its real transport, which has just asked who is signed in. */
const confirmed = async () => {
  const server = new Server();
  const transport = new Transport({ device: "d", build: "1-test", fetch: server.fetch }).of("amira");
  const phone = await makePhone(server, { transport });
  await phone.engine.run();
  return { server, phone };
};

test("somebody else who signs in between two questions gets nothing of hers, and it is noticed at once", async () => {
  const { server, phone } = await confirmed();
  server.person = BELA;
  const id = await phone.visit(2);
  await phone.finish(id);
  const seen = [];
  phone.engine.on("person", (person) => seen.push(person.id));
  await phone.engine.run({ now: true });
  assert.equal(server.sent(/^PUT/), 0);
  assert.deepEqual([seen, phone.engine.state.paused, (await phone.card(id)).state], [["bela"], "person.other", "queued"]);
  server.person = { ...BELA, id: "amira" };
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});

test("nor while the server cannot say who is signed in; it is asked again later, not at once", async () => {
  const { server, phone } = await confirmed();
  server.person = BELA;
  server.fault = ({ path }) => (path === "/bootstrap" ? "503 store.busy" : null);
  await phone.finish(await phone.visit(1));
  phone.clock.at += 3_600_000;
  await phone.engine.run({ fresh: true, now: true });
  assert.equal(server.sent(/^PUT/), 0);
  assert.ok(phone.engine.state.next_at > phone.clock.at);
});

test("while only the bootstrap is ill, her own visits go on", async () => {
  const { server, phone } = await confirmed();
  server.fault = ({ path }) => (path === "/bootstrap" ? "503 store.busy" : null);
  const id = await phone.visit(1);
  await phone.finish(id);
  phone.clock.at += 3_600_000;
  await phone.engine.run({ fresh: true });
  assert.equal((await phone.card(id)).state, "sent");
});

test("who is signed in, and the end of that, are asked as nobody in particular", async () => {
  const named = [];
  const fetch = async (url, { headers }) => {
    named.push([url.replace("/api/v1", ""), headers["X-Person"]]);
    return new Response("{}", { headers: { "X-Fieldscore": "1" } });
  };
  const transport = new Transport({ device: "d", build: "1-test", fetch }).of("amira");
  for (const path of ["/bootstrap", "/session", "/receipts", "/visits/v/draft"]) await transport.request({ path });
  assert.deepEqual(named, [["/bootstrap", undefined], ["/session", undefined], ["/receipts", "amira"], ["/visits/v/draft", "amira"]]);
});
