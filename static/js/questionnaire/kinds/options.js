import { language as current, pick } from "../../lib/i18n.js";

/** The option with a key, undefined without one. */
export const optionAt = ({ options }, key) => options.find((option) => option.key === key);

/** A content text in the language asked for, else the person's, else the questionnaire's own. */
export const say = (text, { languages }, language) => pick(text, [language ?? current(), ...languages]).text;
