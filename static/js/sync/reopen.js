import { StoreError } from "../lib/errors.js";
import { restoreRevision } from "./restore.js";

/**
 * Makes a visit a draft again: a returned one under its next number, a refused or waiting one under the same.
 * @param {{store: object, engine: object, transport: object}} parts @param {string} id
 */
export const reopen = async ({ store, engine, transport }, id) => {
  const server = (await store.bootstrap())?.visits.find((each) => each.visit === id);
  const known = await store.loadVisit(id).catch(() => null);
  if (server?.state === "returned" && server.revision >= (known?.revision ?? 0)) {
    if (!known) await restoreRevision({ store, transport }, server);
    return store.reopenReturned(id, server);
  }
  const settled = await engine.settle(id);
  if (settled === "unknown") throw new StoreError(engine.state.paused ?? "visit.uncertain", { visit: id });
  return settled === "accepted" ? store.loadVisit(id) : store.reopen(id);
};
