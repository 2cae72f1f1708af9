import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { canonical } from "../../../static/js/lib/json.js";

const hash = (bytes) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);

/** The protocol's server, small enough to be read at once, with a fault for every request that asks for one. */
export class Server {
  score = null;
  photos = new Map(); // visit -> Map(sha256 -> bytes)
  revisions = new Map(); // "visit/n" -> {sha256, receipt}
  drafts = new Map();
  receipts = [];
  requests = [];
  counts = { accepted: 0 };
  person = { id: "amira", name: "Amira", language: "en" };
  definitions = new Map();
  pictures = new Map(); // sha256 -> bytes of a reference photo
  bootstrap = { schema: 1, minimum_build: 1, assignments: [], sites: [], questionnaires: [], visits: [] };
  /** @type {(request: object, nth: number) => string|null} `lost`, `dropped`, `html`, or a status with a code such as "503 server.busy" */
  fault = () => null;

  /** The transport that the engine is handed. */
  async request(request) {
    const method = request.method ?? "GET";
    this.requests.push(`${method} ${request.path}`);
    await null;
    const fault = this.fault({ ...request, method }, this.requests.length);
    if (fault === "dropped" || fault === "html") return unanswered(fault === "html" ? 200 : 0);
    if (fault && fault !== "lost") return problem(Number(fault.split(" ")[0]), fault.split(" ")[1], fault.split(" ")[2]);
    const answer = this.#answer(method, request);
    return fault === "lost" ? unanswered(0) : answer;
  }

  /** The same for a real `Transport`; like the server it answers nobody who names somebody else than is signed in. */
  fetch = async (url, { method, headers, body }) => {
    const path = url.replace("/api/v1", "");
    const meant = [undefined, this.person.id].includes(headers["X-Person"]);
    const given = path.includes("/revisions/") ? { frozen: body } : path.includes("/photos/") ? { photo: body } : { json: body && JSON.parse(new TextDecoder().decode(body)) };
    const { status, text, bytes, etag } = meant ? await this.request({ method, path, etag: headers["If-None-Match"], ...given }) : problem(401, "session.required");
    const head = { "X-Fieldscore": "1", Date: new Date().toUTCString(), ...(etag && { ETag: etag }) };
    return new Response(status === 304 ? null : bytes ?? text, { status, headers: head });
  };

  sent(pattern) {
    return this.requests.filter((line) => pattern.test(line)).length;
  }

  #answer(method, request) {
    if (request.path === "/bootstrap") return this.#bootstrap(request);
    if (request.path === "/receipt-keys") return json(200, { keys: [{ key: "k1", algorithm: "ed25519", public: raw.toString("base64") }] });
    if (request.path === "/receipts:known") return json(200, { unknown: request.json.receipts.filter((id) => !this.receipts.includes(id)) });
    const [, room, visit, what, name, more] = request.path.split("/");
    if (room === "questionnaires" && name === "photos") return this.#picture(more);
    if (room === "questionnaires") return { ...json(200, null), bytes: this.definitions.get(`${visit}@${what}`) };
    if (what === "draft") return this.#draft(method, visit, request);
    if (what === "photos:missing") return json(200, { missing: request.json.hashes.filter((each) => !this.#photosOf(visit).has(each)) });
    if (what === "photos") return this.#photo(visit, name, request.photo);
    if (more === "receipt") return this.#receipt(visit, name);
    if (method === "GET") return this.#sentRevision(visit, name);
    return this.#revision(visit, Number(name), request.frozen);
  }

  #picture(sha256) {
    return this.pictures.has(sha256) ? { ...json(200, null), bytes: this.pictures.get(sha256) } : problem(404, "request.not_found");
  }

  #bootstrap({ etag }) {
    const drafts = [...this.drafts].flatMap(([visit, ours]) => [...ours.values()].map(({ device, rev, saved_at }) => ({ visit, device, rev, saved_at })));
    const body = structuredClone({ ...this.bootstrap, drafts, person: this.person });
    const tag = hash(Buffer.from(JSON.stringify(body)));
    return etag === tag ? { ...json(304, null), etag: tag } : { ...json(200, body), etag: tag, date: Date.now() };
  }

  #draft(method, visit, { json: draft }) {
    if (method === "GET") return this.drafts.has(visit) ? json(200, { drafts: [...this.drafts.get(visit).values()] }) : problem(404, "visit.unknown");
    const ours = this.drafts.get(visit) ?? new Map();
    if (!((ours.get(draft.device)?.rev ?? -1) >= draft.rev)) ours.set(draft.device, { device: draft.device, rev: draft.rev, saved_at: "2026-11-22T10:00:00Z", snapshot: draft });
    this.drafts.set(visit, ours);
    return json(200, { rev: ours.get(draft.device).rev });
  }

  #photosOf(visit) {
    if (!this.photos.has(visit)) this.photos.set(visit, new Map());
    return this.photos.get(visit);
  }

  #photo(visit, sha256, bytes) {
    if (hash(bytes) !== sha256) return problem(422, "digest.mismatch");
    const had = this.#photosOf(visit).has(sha256);
    this.#photosOf(visit).set(sha256, bytes);
    return json(had ? 200 : 201, { sha256, bytes: bytes.byteLength });
  }

  #receipt(visit, n) {
    const kept = this.revisions.get(`${visit}/${n}`);
    return kept ? json(200, kept.receipt) : problem(404, "receipt.unknown");
  }

  #sentRevision(visit, n) {
    const kept = this.revisions.get(`${visit}/${n}`);
    return kept ? { ...json(200, JSON.parse(Buffer.from(kept.bytes).toString())), bytes: kept.bytes } : problem(404, "revision.unknown");
  }

  #revision(visit, n, bytes) {
    const kept = this.revisions.get(`${visit}/${n}`);
    const sha256 = hash(bytes);
    if (kept) return kept.sha256 === sha256 ? json(200, kept.receipt) : problem(409, "revision.differs");
    const body = JSON.parse(Buffer.from(bytes).toString());
    const named = [...new Set(body.photos.map((photo) => photo.sha256))].sort();
    const missing = named.filter((each) => !this.#photosOf(visit).has(each));
    if (missing.length) return { ...problem(409, "photos.missing"), body: { code: "photos.missing", missing } };
    const before = this.revisions.get(`${visit}/${n - 1}`);
    if (n > 1 && body.base_receipt !== before?.receipt.receipt) return problem(409, "revision.unexpected");
    this.counts.accepted += 1;
    const receipt = this.accept(visit, n, sha256, named);
    this.revisions.get(`${visit}/${n}`).bytes = bytes;
    this.drafts.delete(visit);
    return json(201, receipt);
  }

  /** Issues the receipt of a revision; tests call it for another phone's. */
  accept(visit, n, sha256, photos = []) {
    const open = { flags: [], key: "k1", photos, previous: null, receipt: randomUUID(), received_at: "2026-11-22T10:00:00Z", revision: n, score: this.score, sha256, visit };
    const receipt = { ...open, signature: sign(null, Buffer.from(canonical(open)), privateKey).toString("base64") };
    this.revisions.set(`${visit}/${n}`, { sha256, receipt });
    this.receipts.push(receipt.receipt);
    return receipt;
  }
}

const EMPTY = { answered: true, bytes: null, text: "", etag: null, date: null, retryAfter: null };
const json = (status, body) => ({ ...EMPTY, status, body, text: JSON.stringify(body) });
const problem = (status, code, after) => ({ ...json(status, { code, status }), retryAfter: after ? Number(after) * 1000 : null });
const unanswered = (status) => ({ ...EMPTY, answered: false, status, body: null });
