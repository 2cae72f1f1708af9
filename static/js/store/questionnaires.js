import { sha256 } from "../lib/digest.js";
import { StoreError } from "../lib/errors.js";
import { fromUtf8 } from "../lib/json.js";

const idOf = (slug, version) => `${slug}@${version}`;

/**
 * Keeps a definition's published bytes if they are what the bootstrap promised.
 * @param {{slug: string, version: number, sha256: string}} wanted
 */
export const putQuestionnaire = async (db, wanted, bytes) => {
  if ((await sha256(bytes)) !== wanted.sha256) throw new StoreError("questionnaire.damaged", wanted);
  const document = JSON.parse(fromUtf8(bytes));
  const row = { id: idOf(wanted.slug, wanted.version), ...wanted, document };
  return db.write(["questionnaires"], (tx) => tx.objectStore("questionnaires").put(row), { strict: true });
};

/** @returns {Promise<object>} the document as published */
export const questionnaire = async (db, slug, version) => {
  const row = await db.read(["questionnaires"], (tx) => tx.objectStore("questionnaires").get(idOf(slug, version)));
  if (!row) throw new StoreError("questionnaire.absent", { slug, version });
  return row.document;
};

/**
 * Titles of what is on the phone, by id. Documents are large: one is opened only where nobody has said its title.
 * @param {object} tx @param {string[]} ids @param {Map<string, object>} known titles by id; grows by those that were looked up
 * @returns {Promise<Map<string, object>>}
 */
export const titles = async (tx, ids, known) => {
  const untitled = ids.filter((id) => !known.has(id));
  const unknown = await Promise.all(untitled.map((id) => tx.objectStore("questionnaires").get(id)));
  unknown.forEach(({ id, document }) => known.set(id, document.title));
  return new Map(ids.map((id) => [id, known.get(id)]));
};

/** Which of these are not on the phone yet. @param {{slug: string, version: number, sha256: string}[]} wanted */
export const absent = async (db, wanted) => {
  const kept = new Set(await db.read(["questionnaires"], (tx) => tx.objectStore("questionnaires").getAllKeys()));
  const byId = new Map(wanted.map((each) => [idOf(each.slug, each.version), each]));
  return [...byId].filter(([id]) => !kept.has(id)).map(([, each]) => each);
};

/**
 * Which reference photos a version's questions name that are not on the phone yet; null where the version is not either.
 * @param {{slug: string, version: number}} wanted @returns {Promise<string[]|null>}
 */
export const absentPictures = (db, { slug, version }) => db.read(["questionnaires", "thumbs"], async (tx) => {
  const row = await tx.objectStore("questionnaires").get(idOf(slug, version));
  if (!row) return null;
  const named = row.document.sections.flatMap(({ questions }) => questions.map((question) => question.reference_photo).filter(Boolean));
  const kept = await Promise.all(named.map((sha256) => tx.objectStore("thumbs").getKey(sha256)));
  return [...new Set(named)].filter((sha256) => !kept.includes(sha256));
});
