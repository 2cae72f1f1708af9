import { useState } from "../../../vendor/hooks.js";
import { decimalText } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { LateText } from "../parts/late-text.js";

const DECIMAL = /^-?\d{1,9}(\.\d+)?$/;

/**
 * A number as a person types it, comma or point, as a decimal text; null when it is none or too fine.
 * @param {string} typed @param {number} decimals @returns {string|null}
 */
export function readNumber(typed, decimals) {
  const text = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!DECIMAL.test(text)) return null;
  return (text.split(".")[1]?.length ?? 0) > decimals ? null : text;
}

function useParts({ question, entry, answer, clear, words, dirty, wrong }) {
  const [unread, setUnread] = useState(false);
  const save = (typed) => {
    if (!typed.trim()) {
      setUnread(false);
      return clear();
    }
    const value = readNumber(typed, question.decimals);
    setUnread(value === null);
    return value === null ? Promise.resolve() : answer({ value });
  };
  const unit = words(question.unit);
  return {
    page: html`<div class="stack part">
      <label class="label heard" for="number">${_("Number")}</label>
      <div class="with-unit">
        <${LateText} single id="number" look="number" inputmode="decimal" autocomplete="off"
          text=${decimalText(entry?.value ?? "")} save=${save} dirty=${dirty} aria-describedby="number-unit number-wrong" />
        <span id="number-unit" lang=${unit.lang}>${unit.text}</span>
      </div>
      <p id="number-wrong" role="alert" class="needs">
        ${(unread || wrong) && html`<${Icon} name="missing" />`}${unread ? sayUnread(question) : wrong && sayRange(question)}
      </p>
    </div>`,
  };
}

const sayUnread = ({ decimals }) =>
  decimals ? _("Not saved: write a number, such as 4.50.") : _("Not saved: write a whole number, such as 4.");

function sayRange(question) {
  const [min, max] = [question.min, question.max].map((end) => end && decimalText(String(end)));
  if (min !== null && max !== null) return _("Must lie between {min} and {max}.", { min, max });
  return min !== null ? _("Must be {min} or more.", { min }) : _("Must be {max} or less.", { max });
}

/** A decimal number with its unit. */
export const number = { useParts };
