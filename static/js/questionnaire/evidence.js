import { HIDDEN, isObject } from "./rules.js";
import { pointer } from "./texts.js";

/** How many photos stand at each question. @returns {Map<string, number>} */
export const countPhotos = (photos) => {
  const counts = new Map();
  for (const photo of Array.isArray(photos) ? photos : []) {
    if (namesQuestion(photo)) counts.set(photo.question, (counts.get(photo.question) ?? 0) + 1);
  }
  return counts;
};

/** Every photo that stands where it may not, in the list's order. */
export function* checkPhotos(definition, states, photos) {
  if (!Array.isArray(photos)) {
    yield { path: "/photos", code: "photos.shape", question: null, need: 1 };
    return;
  }
  const seen = new Map();
  for (const [index, photo] of photos.entries()) {
    if (!namesQuestion(photo)) {
      yield at(null, "photos.shape", index);
    } else {
      seen.set(photo.question, seen.get(photo.question) ?? []);
      yield* checkPhoto(definition, states, index, photo, seen.get(photo.question));
    }
  }
}

const namesQuestion = (photo) => isObject(photo) && typeof photo.question === "string";

function* checkPhoto(definition, states, index, { question: key, position }, positions) {
  const question = definition.questions.get(key);
  if (!question) {
    yield at(key, "question.unknown", index, "question");
    return;
  }
  if (!Number.isInteger(position) || position < 0 || positions.includes(position)) {
    yield at(key, "photos.position", index, "position");
  }
  if (states.get(key) === HIDDEN) yield at(key, "photos.hidden", index);
  else if (!question.photos) yield at(key, "photos.not_allowed", index);
  else if (positions.length >= question.photos.max) {
    yield { ...at(key, "photos.too_many", index), need: positions.length + 1 - question.photos.max };
  }
  positions.push(position);
}

const at = (question, code, index, ...member) => ({ path: pointer("photos", index, ...member), code, question, need: 1 });
