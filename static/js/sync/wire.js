import { isOpen } from "../store/answers.js";
import { positioned } from "../store/photo-list.js";

/** What both a draft and a revision say of a visit. */
const common = (visit) => ({
  schema: 1, visit: visit.id, device: visit.device, site: visit.site, questionnaire: visit.questionnaire, started: visit.started,
  locations: visit.locations,
});

/** The copy of an open visit, with everything the protocol gives a place. @param {object} visit */
export const draftBody = (visit) => ({
  ...common(visit), rev: visit.rev, answers: visit.answers, timings: visit.timings, photos: positioned(visit.photos),
});

/**
 * A revision, before it is frozen. What the rules hide stays on the phone.
 * @param {object} visit
 * @param {{visible: Set<string>, finished: object, build: string, person: string, clock: object|null, score:
 *   string|null}} given
 */
export const revisionBody = (visit, { visible, finished, build, person, clock, score }) => {
  const seen = (question) => visible.has(question);
  const photos = positioned(visit.photos.filter((photo) => seen(photo.question)));
  return {
    ...common(visit),
    revision: visit.revision, base_receipt: visit.base_receipt, assignment: visit.assignment,
    inspector: person, app_build: build, finished, clock,
    answers: answered(visit, seen),
    timings: visit.timings.filter((timing) => seen(timing.question)).map(({ question, ms, started_at }) => ({ question, ms, started_at })),
    photos: photos.map(({ id: _id, type: _type, ...photo }) => photo),
    client_score: score === null ? null : { overall: score },
  };
};

/** The answers of the questions that count, without what only the phone needs. */
export const answered = (visit, counts = () => true) => Object.fromEntries(
  Object.entries(visit.answers).filter(([question, entry]) => counts(question) && !isOpen(entry))
    .map(([question, { by_hand: _hand, ...entry }]) => [question, entry]));
