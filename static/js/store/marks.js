import { elapsed, iso, moment } from "../lib/clock.js";
import { StoreError } from "../lib/errors.js";
import { uuid } from "../lib/ids.js";
import { cleanText } from "../lib/json.js";

/** What the discreet list can mark, in the order of a visit. */
export const KINDS = ["entered", "greeted", "queue", "paid", "left"];

/** Notes when something happened; the first time counts. */
export const mark = (visit, kind) => {
  if (!KINDS.includes(kind)) throw new StoreError("mark.unknown", { kind });
  if (!visit.marks.some((made) => made.kind === kind)) visit.marks.push({ kind, ...moment() });
};

export const unmark = (visit, kind) => {
  visit.marks = visit.marks.filter((made) => made.kind !== kind);
};

/**
 * The times between marks that follow each other.
 * @returns {{from: string, to: string, ms: number, started_at: string}[]}
 */
export const intervals = (marks) => {
  const inTime = [...marks].sort((a, b) => a.wall - b.wall);
  return inTime.slice(1).map((to, i) => ({ from: inTime[i].kind, to: to.kind, ms: elapsed(inTime[i], to).ms, started_at: inTime[i].at }));
};

/** Writes a note, anew under an id that is there; an empty text takes it away. */
export const putNote = (visit, text, id = uuid()) => {
  const known = visit.notes.find((each) => each.id === id);
  if (!text.trim()) removeNote(visit, id);
  else if (known) known.text = cleanText(text);
  else visit.notes.push({ id, text: cleanText(text), at: iso() });
};

const removeNote = (visit, id) => {
  visit.notes = visit.notes.filter((note) => note.id !== id);
};

/** Appends the note to the question's comment; it leaves the list. */
export const assignNote = (visit, id, question) => {
  const entry = visit.answers[question] ?? {};
  const comment = [entry.comment, find(visit, id).text].filter(Boolean).join("\n");
  visit.answers[question] = { ...entry, comment, at: iso() };
  removeNote(visit, id);
};

const find = (visit, id) => {
  const note = visit.notes.find((each) => each.id === id);
  if (!note) throw new StoreError("note.unknown");
  return note;
};
