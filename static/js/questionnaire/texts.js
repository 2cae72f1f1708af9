const BLANK = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*$/;

/** The longest comment, reason or text, in characters. */
export const LONGEST = 4000;

/** Whether a reader would see nothing. @param {string} text */
export const isBlank = (text) => BLANK.test(text);

/** Length in characters, as the server counts. @param {string} text */
export const lengthOf = (text) => {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
};

/** A JSON Pointer. @param {...(string|number)} steps */
export const pointer = (...steps) =>
  steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
