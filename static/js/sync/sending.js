import { probe } from "../store/db.js";
import { openStore } from "../store/store.js";
import { StoreError } from "../lib/errors.js";
import { Engine } from "./engine.js";
import { Loop, photoWidth, underLock } from "./loop.js";

export { keepLast, keptLast } from "../store/last-person.js";
export { openStore };

/** Refuses where this browser does not keep what it is given. */
export const checkStorage = async () => {
  const storage = await probe();
  if (storage !== "ok") throw new StoreError(storage);
};

/**
 * The engine and its loop for one open store.
 * @param {{transport: object, store: object, build: string, onError: (error: Error) => void}} parts
 * @returns {{engine: object, loop: object}} not yet started
 */
export const makeSending = ({ transport, store, build, onError }) => {
  const world = { clock: Date, lock: underLock("fieldscore-sync"), random: Math.random, width: photoWidth };
  const engine = new Engine({ transport, store, build, ...world });
  return { engine, loop: new Loop({ engine, store, onError }) };
};
