import { language } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Choice } from "../parts/choice.js";

function useParts({ question, entry, answer, words }) {
  const { scale, labels } = question;
  const steps = Array.from({ length: scale }, (_each, index) => index + 1);
  const named = (value) => question.behaviour.show(question, value, language());
  const ends = [labels[1], labels[scale]].map((label) => words(label));
  return {
    dock: html`<div>
      <div class="rating">
        ${steps.map(
          (value) => html`<${Choice} key=${value} label=${named(value)} chosen=${entry?.value === value}
            choose=${() => answer({ value })}>${value}<//>`,
        )}
      </div>
      ${ends.some((end) => end.text) &&
      html`<div class="ends quiet">${ends.map(({ text, lang }) => html`<span lang=${lang}>${text}</span>`)}</div>`}
    </div>`,
  };
}

/** A row of numbers with its two ends named. */
export const rating = { useParts };
