import { deviceId } from "../lib/device.js";
import { StoreError } from "../lib/errors.js";
import { uuid } from "../lib/ids.js";
import { corrected, newVisit } from "../store/visits.js";
import { classify } from "./classify.js";

/**
 * Takes over what another phone backed up, as the next revision where the visit was returned. Only on purpose, and only
 * where this phone has nothing of its own.
 * @param {{transport: object, store: object}} parts @param {string} visit @param {string} device
 */
export const restoreDraft = async ({ transport, store }, visit, device) => {
  const { body } = await fetched(transport, { path: `/visits/${visit}/draft` });
  const draft = body.drafts.find((each) => each.device === device);
  if (!draft) throw new StoreError("visit.unknown", { visit, device });
  return adopt({ transport, store }, draft.snapshot, { device, rev: draft.rev });
};

/**
 * The revision that was returned, on a phone that never had it.
 * @param {{visit: string, revision: number}} server of the bootstrap
 */
export const restoreRevision = async ({ transport, store }, { visit, revision }) => {
  const { body } = await fetched(transport, { path: `/visits/${visit}/revisions/${revision}` });
  return adopt({ transport, store }, body, null);
};

/** `taken` says whose draft it was, so that it is not offered again. */
const adopt = async ({ transport, store }, snapshot, taken) => {
  await bringDefinition({ transport, store }, snapshot.questionnaire);
  const plan = await store.bootstrap();
  const ofVisit = (each) => each.visit === snapshot.visit;
  const [planned, server] = [plan?.assignments.find(ofVisit), plan?.visits.find(ofVisit)];
  const assignment = snapshot.assignment ?? planned?.id ?? null;
  const { visit: id, site, questionnaire, started, answers, timings, locations } = snapshot;
  const photos = snapshot.photos.map(({ position: _position, ...photo }) => ({ id: uuid(), type: "image/jpeg", caption: null, ...photo }));
  const begun = newVisit({ id, assignment, site, questionnaire, device: deviceId() });
  const numbered = server?.state === "returned" ? corrected(server) : {};
  const visit = { ...begun, ...numbered, rev: taken?.rev ?? 0, taken, started, answers, timings, locations, photos };
  return store.adopt(visit, await smallPictures(transport, id, photos));
};

const bringDefinition = async ({ transport, store }, questionnaire) => {
  if (!(await store.absentDefinitions([questionnaire])).length) return;
  const { slug, version } = questionnaire;
  const { bytes } = await fetched(transport, { path: `/questionnaires/${encodeURIComponent(slug)}/${version}`, raw: true });
  await store.putDefinition(questionnaire, bytes);
};

/** The server keeps the photos; the phone shows small ones and needs no more. */
const smallPictures = async (transport, visit, photos) => {
  const found = [];
  for (const sha256 of new Set(photos.map((photo) => photo.sha256))) {
    const answer = await transport.request({ path: `/visits/${visit}/photos/${sha256}`, raw: true });
    if (answer.status === 200) found.push({ sha256, bytes: answer.bytes });
  }
  return found;
};

const fetched = async (transport, request) => {
  const answer = await transport.request(request);
  const { kind, code } = classify(answer);
  if (kind === "retry") throw new StoreError("network");
  if (kind !== "ok") throw new StoreError(code);
  return answer;
};
