import { iso, now, offsetMinutes } from "../lib/clock.js";
import { sha256 } from "../lib/digest.js";
import { StoreError } from "../lib/errors.js";
import { utf8 } from "../lib/json.js";
import { currentFix } from "../lib/place.js";
import { review } from "./review.js";
import { revisionBody } from "./wire.js";

const MOST_BYTES = 1_048_576;
const TRIES = 3;

/**
 * Freezes a complete visit into the exact bytes that will be sent. A change that comes in between begins it again.
 * @param {object} store @param {string} id @param {{person: string, build: string}} who
 */
export const finish = async (store, id, who, tries = TRIES) => {
  try {
    await store.added(id);
    await checkOut(store, id);
    const looked = await review(store, id);
    if (looked.mistakes.length) throw Object.assign(new StoreError("visit.incomplete"), { review: looked });
    return await store.freeze(await frozen(store, looked, who));
  } catch (error) {
    if (error.code !== "visit.changed" || tries <= 1) throw error;
    return finish(store, id, who, tries - 1);
  }
};

const checkOut = async (store, id) => {
  const fix = currentFix();
  const { locations } = await store.loadVisit(id);
  if (fix.lat !== undefined && !locations.some((place) => place.event === "check_out")) await store.addLocation(id, "check_out", fix);
};

const frozen = async (store, { record, visible, clientScore }, { person, build }) => {
  const wall = now();
  const finished = { at: iso(wall), offset_min: offsetMinutes(wall) };
  const clock = await store.meta("clock");
  const body = revisionBody(record, { visible, finished, build, person, clock, score: clientScore });
  const bytes = utf8(JSON.stringify(body));
  if (bytes.byteLength > MOST_BYTES) throw new StoreError("revision.too_large");
  const photos = [...new Set(body.photos.map((photo) => photo.sha256))].sort();
  return { visit: record.id, rev: record.rev, revision: record.revision, bytes, sha256: await sha256(bytes), photos, finished };
};
