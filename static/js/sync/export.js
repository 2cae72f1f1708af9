import { iso } from "../lib/clock.js";
import { sha256 } from "../lib/digest.js";
import { utf8 } from "../lib/json.js";
import { Zip } from "../lib/zip.js";
import { draftBody } from "./wire.js";

/** What the list of contents is called; it comes last, because only then is known what is in the file. */
export const CONTENTS = "fieldscore.json";
const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic" };

/**
 * Writes visits that are not sent into one file that `flask --app app visit import` takes: a finished one as its frozen
 * bytes, an open one as its draft, each with its photos and what no question has yet. Nothing on the phone changes. One
 * photo is in memory at a time.
 * @param {object} store @param {string[]} visits ids
 * @param {{person: object, device: string, build: string, tell?: (progress: {done: number, total: number}) => void}} about
 * @returns {Promise<{name: string, file: Blob, visits: number, photos: number}>} see README, "Export"
 */
export const exportVisits = async (store, visits, { person, device, build, tell = () => {} }) => {
  const [zip, found] = [new Zip(), await Promise.all(visits.map((id) => unsent(store, id)))];
  const progress = { done: 0, total: found.reduce((sum, { photos }) => sum + photos.length, 0) };
  tell({ ...progress });
  const written = [];
  for (const each of found) {
    written.push(await write(zip, store, each, () => tell({ ...progress, done: (progress.done += 1) })));
  }
  const exported_at = iso();
  const { id, name } = person;
  zip.add(CONTENTS, utf8(JSON.stringify({ fieldscore: "visits", schema: 1, exported_at, person: { id, name }, device, app_build: build, visits: written })));
  const photos = written.reduce((sum, each) => sum + each.photos.length, 0);
  return { name: `fieldscore-${exported_at.slice(0, 16).replaceAll(":", "")}.zip`, file: zip.finish(), visits: written.length, photos };
};

/** Ids of all that a phone holds and nobody else has. @param {object} store @returns {Promise<string[]>} */
export const unsentVisits = async (store) => {
  const cards = await store.listVisits();
  return cards.filter((card) => ["draft", "queued", "sending", "attention"].includes(card.state)).map((card) => card.visit);
};

const unsent = async (store, id) => {
  const [visit, row] = [await store.loadVisit(id), await store.revision(id)];
  const about = { visit: id, site: visit.site, caught: caught(visit), types: new Map(visit.photos.map((photo) => [photo.sha256, photo.type])) };
  if (visit.state === "draft") {
    const photos = [...new Set(visit.photos.map((photo) => photo.sha256))];
    return { ...about, revision: null, reason: null, name: "draft.json", bytes: utf8(JSON.stringify(draftBody(visit))), photos };
  }
  return { ...about, revision: row.revision, reason: row.code, name: `revision-${row.revision}.json`, bytes: row.bytes, photos: row.photos };
};

/** What neither a draft nor a revision has a place for, or null. */
const caught = ({ notes, marks, stopwatches }) =>
  (notes.length || marks.length || Object.keys(stopwatches).length ? utf8(JSON.stringify({ notes, marks, stopwatches })) : null);

const write = async (zip, store, { visit, site, caught: noted, types, revision, reason, name, bytes, photos }, tell) => {
  const folder = `visits/${visit}`;
  const body = await put(zip, `${folder}/${name}`, bytes);
  const notes = noted && (await put(zip, `${folder}/notes.json`, noted));
  const there = [];
  for (const digest of photos) {
    const kept = await writePhoto(zip, store, `${folder}/photos/${digest}.${ENDINGS[types.get(digest)] ?? "jpg"}`, digest);
    if (kept) there.push(kept);
    tell();
  }
  const absent = photos.filter((digest) => !there.some((each) => each.sha256 === digest));
  return { visit, site, revision, reason, body, notes, photos: there, absent };
};

const put = async (zip, name, bytes) => {
  zip.add(name, bytes);
  return { name, sha256: await sha256(bytes), bytes: bytes.byteLength };
};

/** A photo that has left this phone, or was damaged on it, is named as absent: the rest of the visit still goes. */
const writePhoto = async (zip, store, name, digest) => {
  const bytes = await store.photoBytes(digest);
  if (!bytes || (await sha256(bytes)) !== digest) return null;
  zip.add(name, bytes);
  return { name, sha256: digest, bytes: bytes.byteLength };
};
