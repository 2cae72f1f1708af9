const LOOK_EVERY_MS = 3_600_000;

/**
 * The worker that serves the app offline, and its newer versions. A newer one takes over on a tap, or by itself where
 * nothing can be disturbed.
 */
export class Update {
  #registration = null;
  #mayApply;
  #tell;
  #applying = false;
  #replaced = false;
  available = false;

  /** @param {{mayApply: () => boolean, tell: () => void}} options */
  constructor({ mayApply, tell }) {
    [this.#mayApply, this.#tell] = [mayApply, tell];
  }

  /** Registers the worker; a browser without workers only loses the start without network. */
  async start() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    const controlled = workers.controller !== null;
    workers.addEventListener("controllerchange", () => this.#onReplaced(controlled));
    try {
      this.#registration = await workers.register("/app/sw.js", { scope: "/app/", updateViaCache: "none" });
    } catch {
      return;
    }
    this.#watch();
    // A page that was on its way while the worker took over is overlooked by it, and would stay without one.
    workers.ready.then(({ active }) => workers.controller ?? active.postMessage("CLAIM"));
    setInterval(() => document.visibilityState === "visible" && this.#registration.update().catch(() => {}), LOOK_EVERY_MS);
  }

  /** Switches to the newer version: one reload. */
  async apply() {
    this.#applying = true;
    if (this.#replaced) location.reload();
    else this.#registration?.waiting?.postMessage("SKIP_WAITING");
  }

  /** Looks whether a waiting version may be applied now. */
  consider() {
    if (this.available && this.#mayApply()) this.apply();
  }

  #watch() {
    const found = () => {
      if (!this.#registration.waiting || !navigator.serviceWorker.controller) return;
      this.available = true;
      this.#tell();
      this.consider();
    };
    found(); // it may have been waiting before this page was opened
    this.#registration.addEventListener("updatefound", () => {
      this.#registration.installing?.addEventListener("statechange", found);
    });
  }

  // Another tab may have applied it: then this one is old and reloads as soon as it may.
  #onReplaced(controlled) {
    if (!controlled && !this.#applying) return;
    this.#replaced = true;
    if (this.#applying) return location.reload();
    this.available = true;
    this.#tell();
    this.consider();
  }
}
