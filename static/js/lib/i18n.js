// As gettext's catalogues order their forms; browsers list theirs in orders of their own.
const FORMS = ["zero", "one", "two", "few", "many", "other"];
let current = { language: "en", messages: {}, plural: null };

/**
 * Speaks another language from now on. English needs none: a message is its own English.
 * @param {string} language
 * @param {{messages: Record<string, string|string[]>}} [catalogue] texts by English text; a list where there is a
 *   number
 */
export const useCatalogue = (language, catalogue = { messages: {} }) => {
  current = { language, messages: catalogue.messages, plural: new Intl.PluralRules(language) };
};

/** The language in use. */
export const language = () => current.language;

/**
 * A text in the person's language.
 * @param {string} text English
 * @param {Record<string, unknown>} [values] for `{name}`
 */
export const _ = (text, values = {}) => fill(current.messages[text] ?? text, values);

/** A text with a number: `n_("{n} photo", "{n} photos", 3)`. */
export const n_ = (one, many, n, values = {}) => {
  const forms = current.messages[one];
  const text = Array.isArray(forms) ? forms[form(n, forms.length)] : n === 1 ? one : many;
  return fill(text, { n, ...values });
};

/** What stands between two sentences: nothing in Chinese, whose full stop is as wide as a character. */
export const gap = () => (current.language.startsWith("zh") ? "" : " ");

/**
 * Content in the first language it has, else in any. `lang` belongs on the element, or the wrong glyphs appear.
 * @param {Record<string, string>|null|undefined} map
 * @param {string[]} [languages]
 * @returns {{text: string, lang: string}}
 */
export const pick = (map, languages = [current.language, "en"]) => {
  const lang = languages.find((wanted) => map?.[wanted]) ?? Object.keys(map ?? {})[0] ?? "";
  return { text: map?.[lang] ?? "", lang };
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

const form = (n, count) => {
  const categories = current.plural.resolvedOptions().pluralCategories;
  const own = FORMS.filter((category) => categories.includes(category));
  return Math.min(count - 1, own.indexOf(current.plural.select(n)));
};
