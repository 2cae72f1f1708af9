import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Choice } from "../parts/choice.js";

/** The keys after one was tapped, in the definition's order. */
export function toggled(options, value, key) {
  const chosen = new Set(value);
  if (!chosen.delete(key)) chosen.add(key);
  return options.map((option) => option.key).filter((each) => chosen.has(each));
}

function useParts({ question, entry, answer, words }) {
  const { options } = question;
  const value = entry?.value ?? [];
  const none = entry?.value?.length === 0;
  return {
    page: html`<div class="options part" role="group" aria-label=${_("Tick all that apply")}>
      <p class="hint">${_("Tick all that apply.")}</p>
      ${options.map(({ key, text }) => {
        const { text: label, lang } = words(text);
        const toggle = () => answer({ value: toggled(options, value, key) });
        return html`<${Choice} key=${key} look="line" toggles chosen=${value.includes(key)} choose=${toggle}>
          <span lang=${lang}>${label}</span>
        <//>`;
      })}
      <${Choice} look="line" chosen=${none} choose=${() => answer({ value: [] })}>${_("None of them")}<//>
    </div>`,
  };
}

/** Any number of a list; none of them is an answer too. */
export const choices = { useParts };
