import { checkAnswers } from "../questionnaire/check.js";
import { load } from "../questionnaire/definition.js";
import { visible as visibleIn } from "../questionnaire/rules.js";
import { score as scoreOf } from "../questionnaire/score.js";
import { isOpen } from "../store/answers.js";
import { positioned } from "../store/photo-list.js";
import { OWN_FAULTS } from "../store/uploads.js";
import { answered } from "./wire.js";

const compiled = new Map();

/**
 * The definition a visit is pinned to, compiled once.
 * @param {object} store
 * @param {{slug: string, version: number, sha256: string}} pinned
 */
export const definitionOf = async (store, { slug, version, sha256 }) => {
  if (!compiled.has(sha256)) compiled.set(sha256, load(await store.definition(slug, version)));
  return compiled.get(sha256);
};

/** What a visit still needs, how far it is and what it would score. @returns {Promise<object>} see README, "Review" */
export const review = async (store, id) => {
  const record = await store.loadVisit(id);
  const definition = await definitionOf(store, record.questionnaire);
  const answers = answered(record);
  const visible = visibleIn(definition, answers);
  const refused = (await store.uploads(id)).filter((row) => OWN_FAULTS.has(row.code));
  const score = scoreOf(definition, onlyVisible(answers, visible));
  return {
    record, definition, visible,
    mistakes: mistakes(record, definition, visible, refused),
    loose: { photos: record.photos.filter((photo) => photo.question === null), notes: record.notes },
    progress: progress(record, definition, visible),
    score: definition.scoring.showToInspector && record.state === "closed" ? await receivedScore(store, record) : null,
    clientScore: score.shown.overall,
  };
};

/** The server's score of what was sent last, by its receipt; null before that. */
const receivedScore = async (store, { id, revision }) => {
  const kept = (await store.receipt(id)).find((row) => row.ours && row.revision === revision);
  return kept ? JSON.parse(kept.body).score ?? null : null;
};

const mistakes = (record, definition, visible, refused) => {
  const photos = positioned(record.photos.filter((photo) => visible.has(photo.question)));
  return [
    ...checkAnswers(definition, onlyVisible(answered(record), visible), photos),
    ...record.photos.filter((photo) => photo.question === null)
      .map((photo) => ({ path: "/photos", code: "photo.unassigned", question: null, photo: photo.id })),
    ...record.photos.flatMap((photo) => refused.filter((row) => row.sha256 === photo.sha256)
      .map((row) => ({ path: "/photos", code: row.code, question: photo.question, photo: photo.id }))),
    ...[...visible].filter((key) => record.answers[key]?.comment && isOpen(record.answers[key]))
      .map((key) => ({ path: `/answers/${key}`, code: "comment.alone", question: key })),
  ];
};

const onlyVisible = (answers, visible) => Object.fromEntries(Object.entries(answers).filter(([key]) => visible.has(key)));

/**
 * @returns {{answered: number, total: number, sections: {key: string, answered: number, total: number}[], next:
 *   string|null}}
 */
export const progress = (record, definition, visible) => {
  const questions = [...definition.questions.values()].filter((question) => visible.has(question.key) && question.kind !== "note");
  const done = (question) => !isOpen(record.answers[question.key])
    || (question.kind === "photo" && record.photos.some((photo) => photo.question === question.key));
  const count = (some) => ({ answered: some.filter(done).length, total: some.length });
  return {
    ...count(questions),
    sections: definition.sections.map(({ key }) => ({ key, ...count(questions.filter((question) => question.section === key)) })),
    next: questions.find((question) => !done(question))?.key ?? null,
  };
};
