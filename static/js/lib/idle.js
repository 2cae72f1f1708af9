const LATEST_MS = 1000;

/** Resolves when the screen is drawn and the phone has a moment, within a second. @returns {Promise<void>} */
export const whenIdle = () => new Promise((resolve) => {
  const drawn = () => (globalThis.requestIdleCallback ? requestIdleCallback(() => resolve(), { timeout: LATEST_MS }) : setTimeout(resolve, 50));
  setTimeout(drawn);
});
