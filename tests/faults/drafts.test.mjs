import assert from "node:assert/strict";
import test from "node:test";
import { world } from "../js/support/world.mjs";

const STATUSES = ["500 server.broken", "502 gateway", "503 store.busy 1", "504 gateway", "507 store.full 1"];

test("whatever 5xx the server says, an open draft and a finished visit stay as they are", async () => {
  for (const status of STATUSES) {
    const { server, phone } = await world();
    const [open, finished] = [await phone.visit(1), await phone.visit(1)];
    await phone.finish(finished);
    server.fault = ({ method }) => (method === "PUT" ? status : null);
    for (let pass = 0; pass < 6; pass += 1) {
      phone.clock.at += 60_000;
      await phone.engine.run({ now: true });
    }
    const kept = (await phone.store.listVisits()).map((card) => card.visit);
    assert.ok(kept.includes(open), `the draft is gone after ${status}`);
    assert.ok(kept.includes(finished), `the visit is gone after ${status}`);
    server.fault = () => null;
    phone.clock.at += 600_000;
    await phone.engine.run({ fresh: true, now: true });
    await phone.drain();
    assert.equal((await phone.card(finished)).state, "sent");
    assert.equal([...server.drafts.get(open).values()][0].snapshot.answers.clean.value, true);
  }
});
