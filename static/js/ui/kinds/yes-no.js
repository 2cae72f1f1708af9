import { html } from "../html.js";
import { Choice } from "../parts/choice.js";

function useParts({ question, entry, answer }) {
  const choose = (value) => () => answer({ value });
  return {
    dock: html`<div class="pair">
      ${[true, false].map(
        (value) => html`<${Choice} key=${value} chosen=${entry?.value === value} choose=${choose(value)}>
          ${question.behaviour.show(question, value)}
        <//>`,
      )}
    </div>`,
  };
}

/** Two big choices. */
export const yesNo = { useParts };
