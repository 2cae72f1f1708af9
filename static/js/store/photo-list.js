import { StoreError } from "../lib/errors.js";
import { cleanText } from "../lib/json.js";

/** So many a visit may have; what was sent and removed again counts, because the server has it. */
export const MOST = 60;

export const findPhoto = (visit, id) => {
  const photo = visit.photos.find((each) => each.id === id);
  if (!photo) throw new StoreError("photo.unknown");
  return photo;
};

/** Appends a reference, or puts it where the one it replaces stood. */
export const place = (visit, photo, replaces = null) => {
  if (replaces === null) return visit.photos.push(photo);
  const old = findPhoto(visit, replaces);
  visit.photos[visit.photos.indexOf(old)] = { ...photo, question: old.question, caption: old.caption };
};

/** @returns {object} the reference that was taken out */
export const take = (visit, id) => {
  const photo = findPhoto(visit, id);
  visit.photos = visit.photos.filter((each) => each !== photo);
  return photo;
};

/** Gives a photo to a question, after those it has; null gives it back to the queue. */
export const assign = (visit, id, question) => {
  const photo = take(visit, id);
  visit.photos.push({ ...photo, question });
};

/** Moves a photo among those of its own question. */
export const move = (visit, id, position) => {
  const photo = take(visit, id);
  const others = visit.photos.filter((each) => each.question === photo.question);
  const before = others[Math.max(0, position)];
  const at = before ? visit.photos.indexOf(before) : visit.photos.length;
  visit.photos.splice(at, 0, photo);
};

export const caption = (visit, id, text) => {
  findPhoto(visit, id).caption = text.trim() ? cleanText(text) : null;
};

/** The references as a revision has them: positions counted within each question. */
export const positioned = (photos) => {
  const counts = new Map();
  return photos.map(({ question, ...photo }) => {
    const position = counts.get(question) ?? 0;
    counts.set(question, position + 1);
    return { question, position, ...photo };
  });
};
