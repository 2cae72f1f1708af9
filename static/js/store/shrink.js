import { sha256 } from "../lib/digest.js";
import { StoreError } from "../lib/errors.js";
import { fits, look } from "../lib/image.js";

const WORKER = new URL("../photo-worker.js", import.meta.url);
const LIMIT_MS = 20_000;
const SHORTEST = 64;
const LONGEST_RATIO = 20;
const MOST_PIXELS = 64_000_000;
let worker = null;
let last = Promise.resolve();

/**
 * A photo as it will be sent: at most 1920 px, JPEG, upright, without the phone's metadata; where this browser cannot
 * decode it, its own bytes.
 * One at a time: phones give black pictures otherwise.
 * @param {ArrayBuffer} bytes
 * @returns {Promise<{bytes: ArrayBuffer, sha256: string, width: number, height: number, type: string, thumbnail:
 *   ArrayBuffer|null}>}
 */
export const shrink = (bytes) => {
  const turn = last.then(() => prepare(bytes));
  last = turn.catch(() => {});
  return turn;
};

const prepare = async (bytes) => {
  if (bytes.byteLength === 0) throw new StoreError("photo.empty");
  const header = look(bytes);
  const made = (await inWorker(bytes)) ?? (await onPage(bytes));
  const photo = made ?? original(bytes, header);
  const [short, long] = [photo.width, photo.height].sort((a, b) => a - b);
  if (short < SHORTEST || long > short * LONGEST_RATIO) throw new StoreError("photo.kind");
  return { ...photo, sha256: await sha256(photo.bytes) };
};

const original = (bytes, header) => {
  if (!header) throw new StoreError("photo.kind");
  const tooLarge = !fits(bytes.byteLength) || header.width * header.height > MOST_PIXELS;
  if (tooLarge) throw new StoreError("photo.too_large", { bytes: bytes.byteLength });
  return { bytes, ...header, thumbnail: null };
};

const inWorker = (bytes) => new Promise((resolve) => {
  const finish = (made) => {
    clearTimeout(timer);
    if (!made) stopWorker();
    resolve(made ?? null);
  };
  const timer = setTimeout(finish, LIMIT_MS, null);
  try {
    worker ??= new Worker(WORKER);
    worker.onmessage = ({ data }) => finish(data);
    worker.onerror = () => finish(null);
    worker.postMessage(bytes);
  } catch {
    finish(null);
  }
});

// A worker that failed once may hold a broken decoder.
const stopWorker = () => {
  worker?.terminate();
  worker = null;
};

const onPage = async (bytes) => {
  try {
    const { shrinkOnPage } = await import("./shrink-page.js");
    return await shrinkOnPage(bytes);
  } catch {
    return null;
  }
};
