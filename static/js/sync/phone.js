import { build, people } from "../lib/device.js";
import { installState } from "../lib/install.js";
import { openStore } from "../store/store.js";

const PATIENCE_MS = 2000;

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
