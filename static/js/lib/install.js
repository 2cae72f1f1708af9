let prompt = null;
const listeners = new Set();
const tell = () => listeners.forEach((fn) => fn(installState()));

/** Listens for the browser's offer; call once at start. */
export const listenForInstall = () => {
  addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); prompt = event; tell(); });
  addEventListener("appinstalled", () => { prompt = null; tell(); });
};

/** @returns {{installed: boolean, ios: boolean, canPrompt: boolean}} */
export const installState = () => ({
  installed: matchMedia("(display-mode: standalone)").matches || navigator.standalone === true,
  ios: "standalone" in navigator,
  canPrompt: prompt !== null,
});

/** Shows the browser's own question. @returns {Promise<boolean>} whether the person said yes */
export const promptInstall = async () => {
  if (!prompt) return false;
  const asked = prompt;
  prompt = null;
  await asked.prompt();
  return (await asked.userChoice).outcome === "accepted";
};

/** @param {(state: ReturnType<typeof installState>) => void} fn @returns {() => void} */
export const onInstallChange = (fn) => {
  listeners.add(fn);
  return () => listeners.delete(fn);
};
