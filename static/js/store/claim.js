/** What this tab holds or has asked for, each until it is given back. */
const ours = new Map();
const LEAVING_MS = 1000;

/**
 * One tab writes a visit. Where another has it, this one reads until the person says "Continue here".
 * @param {string} id
 * @returns {Promise<{held: boolean, release: () => void, takeOver: () => Promise<void>}>} `held` also turns false
 *   when another tab takes over
 */
export const claim = async (id) => {
  const grip = { held: true, release() {}, takeOver: async () => {} };
  if (!globalThis.navigator?.locks) return grip;
  const hold = (options) => new Promise((resolve) => {
    const lost = () => { grip.held = false; resolve(); };
    ours.set(id, navigator.locks.request(`draft:${id}`, options, (lock) => {
      grip.held = lock !== null;
      resolve();
      return lock && new Promise((release) => { grip.release = release; });
    }).then(lost, lost));
  });
  grip.takeOver = () => hold({ steal: true });
  // A screen that was just left gives back in a moment: that is no other tab.
  await Promise.race([ours.get(id), new Promise((late) => { setTimeout(late, LEAVING_MS); })]);
  await hold({ ifAvailable: true });
  return grip;
};
