import { build, people } from "../lib/device.js";
import { installState } from "../lib/install.js";
import { openStore } from "../store/store.js";

const PATIENCE_MS = 2000;
const ONE_VISIT_BYTES = 60_000_000;

/**
 * What the page "This phone" says; null where the browser does not tell.
 * @param {{store: object, storageFull: boolean}} app
 */
export const phoneFacts = async ({ store, storageFull }) => {
  const [unsent, estimate, persisted] = await Promise.all([
    store?.unsent() ?? { visits: 0, photos: 0, drafts: 0 },
    told(() => navigator.storage.estimate()),
    told(() => navigator.storage.persisted()),
  ]);
  const { usage = null, quota = null } = estimate ?? {};
  return { unsent, usage, quota, persisted, installed: installState().installed, build: build(), storageFull };
};

/**
 * How much room there is where that is too little for a visit with photos; null where there is enough or nobody knows.
 * What the server has already is let go first.
 * @param {object} store @returns {Promise<number|null>} bytes
 */
export const shortOfSpace = async (store) => {
  if (await enough()) return null;
  await store.purge({ all: true });
  return (await enough()) ? null : free();
};

const free = async () => {
  const { usage = 0, quota } = (await told(() => navigator.storage.estimate())) ?? {};
  return quota === undefined ? null : Math.max(0, quota - usage);
};

const enough = async () => {
  const left = await free();
  return left === null || left >= ONE_VISIT_BYTES;
};

/** Other people's stores on this phone: sealed, only counted. @param {string|null} me */
export const othersHere = async (me) => {
  const others = [];
  for (const person of people().filter((id) => id !== me)) {
    const store = await openStore(person);
    const [unsent, bootstrap] = [await store.unsent(), await store.bootstrap()];
    await store.close();
    others.push({ person, name: bootstrap?.person.name ?? "", unsent });
  }
  return others;
};

// Some browsers lack these calls, and some never answer them.
const told = async (ask) => {
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, null); });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return null;
  }
};
