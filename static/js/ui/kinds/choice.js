import { html } from "../html.js";
import { Choice } from "../parts/choice.js";

const UNDER_THE_THUMB = 4;

function useParts({ question, entry, answer, words }) {
  const list = (look) => html`<div class=${look}>
    ${question.options.map(({ key, text }) => {
      const { text: label, lang } = words(text);
      return html`<${Choice} key=${key} look="line" chosen=${entry?.value === key} choose=${() => answer({ value: key })}>
        <span lang=${lang}>${label}</span>
      <//>`;
    })}
  </div>`;
  return question.options.length <= UNDER_THE_THUMB ? { dock: list("options") } : { page: list("options part") };
}

/** One of a list. A long list stands in the page, a short one under the thumb. */
export const choice = { useParts };
