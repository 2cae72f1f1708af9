import { language, useCatalogue } from "./i18n.js";

const SPOKEN = "fieldscore.language";
const PATIENCE_MS = 1500;
let [asked, spoken] = ["en", Promise.resolve()];

/** What to speak before it is clear to whom: what this phone spoke last, else what its browser asks for. @returns {string} */
export const firstLanguage = () => localStorage.getItem(SPOKEN) ?? bestOf(ours(), navigator.languages);

/**
 * Speaks a language from now on; where its texts cannot be had, everything stays as it is until it is asked for again.
 * @param {string} wanted
 * @param {() => void} [tell] called when the language has changed: it may come late
 * @returns {Promise<void>} when it is spoken, or after a moment: a slow network keeps nobody from their visits
 */
export const speak = (wanted, tell = () => {}) => {
  if (wanted !== asked) [asked, spoken] = [wanted, change(wanted, tell)];
  return Promise.race([spoken, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);
};

/** The worker comes after the app's first start: from then on it keeps what is spoken. */
export const keepSpoken = () => navigator.serviceWorker?.addEventListener("controllerchange", () => textsOf(language()));

const change = async (wanted, tell) => {
  const catalogue = await textsOf(wanted);
  if (asked !== wanted) return;
  if (!catalogue) asked = language();
  if (!catalogue || wanted === language()) return;
  useCatalogue(wanted, catalogue);
  document.documentElement.lang = wanted;
  localStorage.setItem(SPOKEN, wanted);
  tell();
};

const textsOf = async (wanted) => {
  if (wanted === "en") return { messages: {} };
  const response = await fetch(`/static/locale/${wanted}.json`, { redirect: "error" }).catch(() => null);
  const catalogue = response?.ok && (await response.json().catch(() => null));
  return catalogue?.messages ? catalogue : null;
};

const ours = () => document.querySelector('meta[name="app-languages"]')?.content.split(" ") ?? ["en"];

/** The first wanted language that is one of ours, read by its script: zh-HK is zh-Hant. */
export const bestOf = (known, wanted) =>
  wanted.map((tag) => known.find((each) => writing(each) === writing(tag))).find(Boolean) ?? "en";

/** Language and script; a tag that is none, such as the "C" of a machine without a language, is written like nothing of ours. */
const writing = (tag) => {
  try {
    const { language: spokenAs, script } = new Intl.Locale(tag).maximize();
    return `${spokenAs}-${script}`;
  } catch {
    return tag;
  }
};
