import { iso } from "../lib/clock.js";

const KEY = "fieldscore.unsaved";

/**
 * Keeps what the storage would not take where the next load of this page finds it: a last resort, for this tab alone.
 * @param {string} person @param {{visit: string, question: string, given?: object, comment?: string}} entry
 */
export const rescue = (person, entry) => {
  const others = rescued(person).filter((each) => !isSame(each, entry));
  put(person, [...others, { ...entry, at: iso() }]);
};

/** @returns {object[]} what was kept, the oldest first */
export const rescued = (person) => {
  try {
    return JSON.parse(sessionStorage.getItem(`${KEY}:${person}`)) ?? [];
  } catch {
    return [];
  }
};

/**
 * Writes what was kept where it belongs, unless something newer stands there or the visit is finished.
 * @param {object} store an open Store
 */
export const bringBack = async (store) => {
  const kept = rescued(store.person);
  const records = new Map(await Promise.all(kept.map(async ({ visit }) => [visit, await recordOf(store, visit)])));
  for (const entry of kept) {
    const { visit, question, given, comment, at } = entry;
    const record = records.get(visit);
    const newer = (record?.answers[question]?.at ?? "") > at;
    if (record?.state === "draft" && !newer) await (given ? store.answer(visit, question, given) : store.comment(visit, question, comment));
    put(store.person, rescued(store.person).filter((each) => !isSame(each, entry)));
  }
};

const recordOf = (store, visit) => store.loadVisit(visit).catch((error) => {
  if (error.code !== "visit.unknown") throw error;
  return null;
});

const isSame = (a, b) => a.visit === b.visit && a.question === b.question && ("given" in a) === ("given" in b);

const put = (person, entries) => {
  try {
    sessionStorage.setItem(`${KEY}:${person}`, JSON.stringify(entries));
  } catch {
    // full or forbidden: the screen has said "Not saved" already
  }
};
