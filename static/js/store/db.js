import { deleteDB, openDB } from "../../vendor/idb.js";
import { StoreError } from "../lib/errors.js";

const OPEN_MS = 4000;
const ANSWER_MS = 10_000; // photos on a slow phone take seconds, and what comes after them waits for them
const REPEAT = new Set(["InvalidStateError", "UnknownError", "AbortError"]);
const LATE = new DOMException("The database does not answer.", "TimeoutError");
const LOST = new Set([...REPEAT, LATE.name]);
const BALLAST = "reserve";
const BALLAST_BYTES = 2_000_000;
const NOISE_AT_ONCE = 65_536;

/**
 * One person's database, through everything browsers do to connections.
 * A transaction that failed, or did not answer and could be taken back, is repeated once, whole, on a fresh
 * connection; a full disk costs the ballast before it costs an answer.
 */
export class Database {
  #name;
  #version;
  #upgrade;
  #onTrouble;
  #connect;
  #opening = null;

  /**
   * @param {string} name
   * @param {{version: number, upgrade: (handle: object) => void, onTrouble?: (code: string) => void,
   *   connect?: typeof openDB}} options `onTrouble` hears `storage.full` and `storage.blocked`
   */
  constructor(name, { version, upgrade, onTrouble = () => {}, connect = openDB }) {
    [this.#name, this.#version, this.#upgrade, this.#onTrouble, this.#connect] = [name, version, upgrade, onTrouble, connect];
  }

  /**
   * Runs `work(transaction)` and resolves with its result when the transaction is complete.
   * `work` awaits nothing but the transaction's own requests and may run twice.
   * @param {string[]} stores
   * @param {(tx: object) => Promise<unknown>} work
   * @param {{strict?: boolean, spare?: boolean}} [options]
   * `strict`: on disk before it resolves; `spare`: may not use up the ballast
   */
  async write(stores, work, { strict = false, spare = false } = {}) {
    const options = { durability: strict ? "strict" : "relaxed" };
    try {
      return await this.#twice(stores, "readwrite", work, options);
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw asStoreError(error);
      this.#onTrouble("storage.full");
      if (spare || !(await this.#dropBallast())) throw new StoreError("storage.full");
      return this.#twice(stores, "readwrite", work, options).catch((again) => { throw asStoreError(again); });
    }
  }

  /** Reads in one transaction. */
  read(stores, work) {
    return this.#twice(stores, "readonly", work, {}).catch((error) => { throw asStoreError(error); });
  }

  /** Puts the ballast back where it was used up. @returns {Promise<boolean>} whether it had to, and there was room */
  async loadBallast() {
    try {
      const kept = await this.#twice(["meta"], "readonly", (tx) => tx.objectStore("meta").getKey(BALLAST), {});
      if (!kept) await this.#twice(["meta"], "readwrite", (tx) => tx.objectStore("meta").put(noise(BALLAST_BYTES), BALLAST), {});
      return !kept;
    } catch (error) {
      if (error.name === "QuotaExceededError") this.#onTrouble("storage.full");
      return false;
    }
  }

  async close() {
    const handle = await this.#opening?.catch(() => null);
    this.#opening = null;
    handle?.close();
  }

  async #twice(stores, mode, work, options) {
    try {
      return await this.#once(stores, mode, work, options);
    } catch (error) {
      if (!REPEAT.has(error.name)) throw error;
      this.#drop();
      return this.#once(stores, mode, work, options);
    }
  }

  async #once(stores, mode, work, options) {
    const handle = await this.#handle();
    const tx = handle.transaction(stores, mode, options);
    const whole = complete(tx, work);
    return withLimit(whole, ANSWER_MS).catch((error) => {
      if (error !== LATE) throw error;
      this.#drop();
      // Taken back it may be repeated; on its way to the disk it would be there twice.
      if (abort(tx)) throw new DOMException("", "AbortError");
      return withLimit(whole, ANSWER_MS);
    });
  }

  #handle() {
    this.#opening ??= this.#open().catch(() => this.#open()).catch((error) => { this.#opening = null; throw error; });
    return this.#opening;
  }

  async #open() {
    const drop = () => this.#drop();
    let blocked = false;
    const opening = this.#connect(this.#name, this.#version, {
      upgrade: this.#upgrade,
      blocked: () => {
        blocked = true;
        this.#onTrouble("storage.blocked");
      },
      blocking: drop,
      terminated: drop,
    });
    return withLimit(opening, OPEN_MS).catch((error) => { throw blocked ? new StoreError("storage.blocked") : error; });
  }

  #drop() {
    this.#opening?.then((handle) => handle.close(), () => {});
    this.#opening = null;
  }

  // In a transaction of its own: deleted and used in one, the space is not free yet.
  async #dropBallast() {
    try {
      return await this.#twice(["meta"], "readwrite", async (tx) => {
        const kept = (await tx.objectStore("meta").getKey(BALLAST)) !== undefined;
        await tx.objectStore("meta").delete(BALLAST);
        return kept;
      }, { durability: "strict" });
    } catch {
      return false;
    }
  }
}

/**
 * Writes, reads and deletes bytes in a database of its own.
 * @returns {Promise<"ok"|"storage.unusable"|"storage.blocked"|"storage.lost">}
 */
export const probe = async () => {
  const database = new Database("fieldscore-probe", { version: 1, upgrade: (handle) => handle.createObjectStore("meta") });
  try {
    const bytes = await database.write(["meta"], async (tx) => {
      await tx.objectStore("meta").put(new Uint8Array([1, 2, 3]).buffer, "bytes");
      return tx.objectStore("meta").get("bytes");
    });
    await database.close();
    await withLimit(deleteDB("fieldscore-probe"), OPEN_MS).catch(() => {});
    return bytes.byteLength === 3 ? "ok" : "storage.unusable";
  } catch (error) {
    if (error.code === "storage.full") return "ok"; // it does keep things, only no more of them
    return ["storage.lost", "storage.blocked"].includes(error.code) ? error.code : "storage.unusable";
  }
};

const asStoreError = (error) => {
  if (error instanceof StoreError) return error;
  if (error.name === "QuotaExceededError") return new StoreError("storage.full");
  if (LOST.has(error.name)) return new StoreError("storage.lost", { cause: String(error) });
  return error;
};

/** Browsers press what they keep: two megabytes of zeros would free a twentieth of that. */
const noise = (size) => {
  const bytes = new Uint8Array(size);
  for (let from = 0; from < size; from += NOISE_AT_ONCE) crypto.getRandomValues(bytes.subarray(from, from + NOISE_AT_ONCE));
  return bytes.buffer;
};

/** @returns {unknown} the work's result, when all of it is on the disk */
const complete = async (tx, work) => {
  const done = tx.done.then(() => null, (error) => error ?? tx.error);
  try {
    const result = await work(tx);
    const failure = await done;
    if (failure) throw failure;
    return result;
  } catch (error) {
    abort(tx);
    await done;
    throw tx.error?.name === "QuotaExceededError" ? tx.error : error;
  }
};

/** @returns {boolean} whether nothing of it will be written; false where it has ended, or is ending */
const abort = (tx) => {
  try {
    tx.abort();
    return true;
  } catch {
    return false;
  }
};

const withLimit = (promise, ms) => {
  let timer;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(reject, ms, LATE);
  });
  // A connection that arrives too late would block later upgrades.
  return Promise.race([promise, limit])
    .catch((error) => { promise.then((late) => late?.close?.(), () => {}); throw error; })
    .finally(() => clearTimeout(timer));
};
