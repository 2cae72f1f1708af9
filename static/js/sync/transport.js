import { contentDigest } from "../lib/digest.js";
import { fromUtf8, utf8 } from "../lib/json.js";

const JSON_MS = 15_000;
const PHOTO_MS = 30_000;
const SLOWEST_BYTES_PER_MS = 6;
/** These ask who is signed in, or end it, whoever that is. */
const FOR_ANYBODY = new Set(["/bootstrap", "/session"]);

/**
 * Speaks to the server; never rejects.
 * @typedef {{method?: string, path: string, json?: object, frozen?: ArrayBuffer, photo?: ArrayBuffer, type?: string,
 *   etag?: string|null, raw?: boolean}} Request
 * @typedef {{answered: boolean, status: number, body: object|null, text: string, bytes: ArrayBuffer|null, etag:
 *   string|null, date: number|null, retryAfter: number|null}} Answer
 */
export class Transport {
  #options;

  /** @param {{device: string, build: string, person?: string, fetch?: typeof fetch}} options `person`: whose store it sends from */
  constructor(options) {
    this.#options = { fetch: globalThis.fetch.bind(globalThis), ...options };
  }

  /** The same for one person: the server refuses what it asks while somebody else is signed in. @param {string} person */
  of(person) { return new Transport({ ...this.#options, person }); }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>} `answered` is false for whatever is not the server's own word
   */
  async request(request) {
    const body = request.frozen ?? request.photo ?? (request.json ? utf8(JSON.stringify(request.json)) : undefined);
    const limit = request.photo ? PHOTO_MS + request.photo.byteLength / SLOWEST_BYTES_PER_MS : JSON_MS;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limit);
    try {
      const response = await this.#options.fetch(`/api/v1${request.path}`, {
        method: request.method ?? "GET", headers: await this.#headers(request, body), body, signal: stop.signal,
        credentials: "same-origin", redirect: "error", cache: "no-store",
      });
      return await read(response, request);
    } catch {
      return NONE;
    } finally {
      clearTimeout(timer);
    }
  }

  async #headers(request, body) {
    const { device, build, person } = this.#options;
    const headers = { "X-Device": device, "X-App-Build": build };
    if (person && !FOR_ANYBODY.has(request.path)) headers["X-Person"] = person;
    if (request.method && request.method !== "GET") headers["X-Requested-With"] = "fieldscore";
    if (request.etag) headers["If-None-Match"] = request.etag;
    if (request.photo) headers["Content-Type"] = request.type ?? "image/jpeg";
    else if (body) Object.assign(headers, { "Content-Type": "application/json", "Content-Digest": await contentDigest(body) });
    return headers;
  }
}

const NONE = { answered: false, status: 0, body: null, text: "", bytes: null, etag: null, date: null, retryAfter: null };

const read = async (response, { raw = false }) => {
  if (!response.headers.get("X-Fieldscore")) return { ...NONE, status: response.status };
  const bytes = await response.arrayBuffer();
  const facts = {
    ...NONE, answered: true, status: response.status, bytes, etag: response.headers.get("ETag"),
    date: Date.parse(response.headers.get("Date")) || null, retryAfter: seconds(response.headers.get("Retry-After")),
  };
  if (response.status === 304 || (raw && response.ok)) return facts;
  const text = fromUtf8(bytes);
  return { ...facts, text, body: JSON.parse(text) };
};

const seconds = (value) => {
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
};
