import { hasPassed } from "../lib/clock.js";
import { draftBody } from "./wire.js";

const SETTLED_MS = 5000;

/**
 * Gives the server a copy of each visit that only this phone has and that has rested a while, so that a lost phone is
 * not a lost visit.
 * @param {{line: object, outbox: object, clock: {now(): number}}} parts
 * @param {{now?: boolean}} [options] `now`: rested or not
 * @returns {Promise<boolean>} whether each of them has its copy
 */
export const backUp = async ({ line, outbox, clock }, { now = false } = {}) => {
  let all = true;
  for (const visit of await outbox.onlyHere()) {
    if ((await outbox.backedUp(visit.id)) >= visit.rev) continue;
    const rested = now || hasPassed(Date.parse(visit.saved_at), SETTLED_MS, clock.now());
    all = rested && (await copy({ line, outbox }, visit)) && all;
  }
  return all;
};

const copy = async ({ line, outbox }, visit) => {
  const answer = await line.ask({ method: "PUT", path: `/visits/${visit.id}/draft`, json: draftBody(visit) });
  const settled = ["ok", "stop"].includes(answer.kind); // a refused copy is tried again with the next change
  if (settled) await outbox.noteBackup(visit.id, visit.rev);
  return settled;
};
