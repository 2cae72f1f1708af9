import { asLocation, currentFix } from "../lib/place.js";
import { iso } from "../lib/clock.js";
import { StoreError } from "../lib/errors.js";
import { uuid } from "../lib/ids.js";
import { fits } from "../lib/image.js";
import { MOST, place, take } from "./photo-list.js";
import { ofVisit } from "./schema.js";
import { EDITED, edit, loadVisit } from "./visits.js";

const STORES = [...EDITED, "photos", "thumbs", "uploads", "revisions"];

/**
 * Bytes, thumbnail, reference and rev in one transaction on the disk: all of it or nothing.
 * @param {object} db @param {string} id @param {string|null} question @param {object} made by shrink
 * @param {{source: string, location?: object|null, lastModified?: number, replaces?: string|null}} options
 */
export const addPhoto = (db, id, question, made, options) => db.write(STORES, async (tx) => {
  if (!fits(made.bytes.byteLength)) throw new StoreError("photo.too_large", { bytes: made.bytes.byteLength });
  if (!options.replaces) await refuseTooMany(tx, id, made.sha256);
  await putBytes(tx, made);
  await forgetRefusal(tx, [id, made.sha256]);
  const photo = reference(question, made, options);
  let old = null;
  const visit = await edit(tx, id, (draft) => {
    if (options.replaces) old = draft.photos.find((each) => each.id === options.replaces);
    place(draft, photo, options.replaces ?? null);
    if (options.source === "camera" && photo.location) draft.locations.push({ event: "photo", at: photo.taken_at, ...photo.location });
  });
  if (old) await dropUnused(tx, old.sha256);
  return visit;
}, { strict: true, spare: true });

/** Takes a reference out, and the bytes with it when nothing else names them. */
export const removePhoto = (db, id, photo) => db.write(STORES, async (tx) => {
  let gone = null;
  const visit = await edit(tx, id, (draft) => { gone = take(draft, photo); });
  await dropUnused(tx, gone.sha256);
  return visit;
}, { strict: true });

/** @returns {Promise<ArrayBuffer|null>} */
export const photoBytes = (db, sha256) => db.read(["photos"], async (tx) => (await tx.objectStore("photos").get(sha256))?.bytes ?? null);

/** @returns {Promise<ArrayBuffer|null>} */
export const thumbnail = (db, sha256) => db.read(["thumbs"], async (tx) => (await tx.objectStore("thumbs").get(sha256))?.bytes ?? null);

/** Keeps a reference photo under the digest by which questions name it: small pictures stay, whatever else must go. */
export const putPicture = (db, sha256, bytes) => db.write(["thumbs"], (tx) => tx.objectStore("thumbs").put({ sha256, bytes }), { spare: true });

const reference = (question, made, { source, location, lastModified }) => ({
  id: uuid(), question, sha256: made.sha256, bytes: made.bytes.byteLength, width: made.width, height: made.height, type: made.type, source,
  taken_at: source === "camera" || !lastModified ? iso() : iso(lastModified),
  location: location !== undefined ? location : source === "camera" ? asLocation(currentFix()) : null,
  original_sha256: null, caption: null,
});

const putBytes = (tx, { sha256, bytes, thumbnail: small, type }) => Promise.all([
  tx.objectStore("photos").put({ sha256, bytes, type }),
  small && tx.objectStore("thumbs").put({ sha256, bytes: small }),
]);

const forgetRefusal = async (tx, key) => {
  const uploads = tx.objectStore("uploads");
  if ((await uploads.get(key))?.state !== "stored") await uploads.delete(key);
};

const refuseTooMany = async (tx, id, sha256) => {
  const visit = await loadVisit(tx, id);
  const uploads = await tx.objectStore("uploads").getAll(ofVisit(id));
  const hashes = new Set([...visit.photos.map((photo) => photo.sha256), sha256]);
  uploads.filter((upload) => upload.state === "stored").forEach((upload) => hashes.add(upload.sha256));
  if (hashes.size > MOST) throw new StoreError("photo.too_many", { most: MOST });
};

/** Deletes the bytes of a hash that neither a visit nor a revision still to be sent names. */
export const dropUnused = async (tx, sha256) => {
  const [visits, revisions] = await Promise.all([tx.objectStore("visits").getAll(), tx.objectStore("revisions").getAll()]);
  const named = visits.some((visit) => visit.photos.some((photo) => photo.sha256 === sha256))
    || revisions.some((revision) => !["sent", "reopened"].includes(revision.state) && revision.photos.includes(sha256));
  if (!named) await Promise.all([tx.objectStore("photos").delete(sha256), tx.objectStore("thumbs").delete(sha256)]);
};
