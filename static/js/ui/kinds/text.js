import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { LateText } from "../parts/late-text.js";

function useParts({ question, entry, answer, clear, dirty }) {
  const save = (text) => (text.trim() ? answer({ value: text }) : clear());
  return {
    page: html`<div class="part">
      <label class="label" for="text">${_("Your answer")}</label>
      <${LateText} id="text" rows="5" text=${entry?.value ?? ""} maxlength=${question.maxLength} save=${save} dirty=${dirty} />
    </div>`,
  };
}

/** Some sentences. */
export const text = { useParts };
