import { _ } from "../lib/i18n.js";

/**
 * Assignments, drafts and finished visits in one list, each with the one state that is true.
 * @param {{bootstrap: object|null, visits: object[], revisions: object[], uploads: object[], questionnaires:
 *   Map<string, object>, active: Set<string>, discarded: string[]}} known `questionnaires`: titles of those on the phone, by id
 * @returns {object[]} see README, "Card"
 */
export const cards = (known) => {
  const index = indexed(known);
  const planned = [...index.assignments.values()].filter((each) => each.state === "open");
  const returned = [...index.server.values()].filter((each) => each.state === "returned");
  const ids = new Set([...planned, ...returned, ...index.drafts].map((each) => each.visit).concat([...index.visits.keys()]));
  return [...ids].map((id) => card(id, index));
};

const indexed = ({ bootstrap, visits, revisions, uploads, questionnaires, active, discarded }) => ({
  active,
  visits: new Map(visits.map((visit) => [visit.id, visit])),
  latest: new Map(revisions.map((row) => [row.visit, row])),
  stored: new Set(uploads.filter((upload) => upload.state === "stored").map((upload) => `${upload.visit}/${upload.sha256}`)),
  kept: questionnaires,
  assignments: new Map((bootstrap?.assignments ?? []).map((each) => [each.visit, each])),
  sites: new Map((bootstrap?.sites ?? []).map((site) => [site.code, site])),
  server: new Map((bootstrap?.visits ?? []).map((each) => [each.visit, each])),
  drafts: (bootstrap?.drafts ?? []).filter((draft) => !discarded.includes(draft.visit)),
  titles: titlesOf(bootstrap),
});

/** What the server calls its questionnaires, by id. @param {object|null} bootstrap @returns {Map<string, object>} */
export const titlesOf = (bootstrap) => new Map((bootstrap?.questionnaires ?? []).map((each) => [`${each.slug}@${each.version}`, each.title]));

/** Of a visit that only another phone has, the server says where it is, not with which questionnaire. */
const UNKNOWN = { slug: null, version: null, sha256: null };

const card = (id, index) => {
  const [visit, assignment, row, server] = [index.visits.get(id), index.assignments.get(id), index.latest.get(id), index.server.get(id)];
  const pinned = visit?.questionnaire ?? assignment?.questionnaire ?? UNKNOWN;
  const name = `${pinned.slug}@${pinned.version}`;
  const site = visit?.site ?? assignment?.site ?? server?.site ?? index.drafts.find((draft) => draft.visit === id)?.site ?? null;
  const photos = [...new Map((visit?.photos ?? []).map((photo) => [photo.sha256, photo.bytes])).entries()];
  return {
    visit: id, assignment: visit?.assignment ?? assignment?.id ?? null,
    site: index.sites.get(site) ?? { code: site, name: site ?? _("Begun on another phone") },
    questionnaire: { ...pinned, title: index.kept.get(name) ?? index.titles.get(name) ?? {} },
    brief: assignment?.brief ?? null, from: assignment?.from ?? null, until: assignment?.until ?? null,
    ...stateOf(visit, row, server, index.active),
    cancelled: isCancelled(visit, assignment, row, server), server: server?.state ?? null, ready: index.kept.has(name),
    saved_at: visit?.saved_at ?? null, finished_at: visit?.finished?.at ?? null,
    sent_at: row?.sent_at ?? null, receipt: row?.receipt ?? server?.receipt ?? null,
    photos: countedOf(photos, photos.filter(([sha256]) => index.stored.has(`${id}/${sha256}`))),
    photo: visit?.photos.findIndex((photo) => photo.sha256 === row?.detail?.photo) + 1 || null,
    reasons: server?.reasons ?? [], unreadable: server?.unreadable ?? [],
    elsewhere: index.drafts.filter((draft) => draft.visit === id && !isOurs(draft, visit)),
  };
};

/** Begun here from a plan that no longer has it, although the server has not received it. */
const isCancelled = (visit, assignment, row, server) => Boolean(visit?.assignment) && assignment?.state !== "open"
  && visit.revision === 1 && row?.state !== "sent" && (server?.state ?? "draft") === "draft";

const countedOf = (all, stored) => {
  const sum = (some) => some.reduce((bytes, [, size]) => bytes + size, 0);
  return { total: all.length, stored: stored.length, bytes: { done: sum(stored), total: sum(all) } };
};

const isOurs = ({ device, rev }, visit) => device === visit?.device || (device === visit?.taken?.device && rev <= visit.taken.rev);

const stateOf = (visit, row, server, active) => {
  const plain = (state) => ({ state, code: null, detail: null });
  if (!visit) return plain(ofServer(server));
  if (visit.state === "draft") return plain("draft");
  if (row?.state === "attention") return { state: "attention", code: row.code, detail: row.detail };
  if (row?.state === "queued") return plain(active.has(visit.id) ? "sending" : "queued");
  if (server?.state === "returned" && server.revision >= visit.revision) return plain("returned");
  return plain(row?.purged_at ? "purged" : "sent");
};

// A visit this phone knows only by what the server says of it.
const ofServer = (server) => {
  if (!server || server.state === "draft") return "planned";
  return server.state === "returned" ? "returned" : "sent";
};
