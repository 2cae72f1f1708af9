import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { LateText } from "./late-text.js";

/** The comment of a question that takes one; why it is needed stands at its place. */
export function Comment({ question, entry, visit, write, dirty, readOnly, wrongs }) {
  if (question.comment === "none" || !question.behaviour.takesValue) return null;
  if (readOnly) return entry?.comment && html`<${Kept} text=${entry.comment} />`;
  const id = `comment-${question.key}`;
  const needs = sayNeeds(wrongs);
  const save = (text) => write((store) => store.comment(visit, question.key, text));
  return html`<section class="part">
    <div class="apart"><label class="label" for=${id}>${_("Comment")}</label>
      ${needs && html`<p class="state warn second" id=${`${id}-needs`}><${Icon} name="missing" /><strong>${needs}</strong></p>`}</div>
    <${LateText} id=${id} text=${entry?.comment ?? ""} maxlength="4000" dirty=${dirty}
      aria-describedby=${needs ? `${id}-needs` : undefined} save=${save} />
  </section>`;
}

function sayNeeds(wrongs) {
  if (wrongs.has("comment.required")) return _("Needed with this answer");
  return wrongs.has("comment.alone") ? _("An answer is missing") : null;
}

const Kept = ({ text }) => html`<section class="part"><h2 class="label">${_("Comment")}</h2><p class="brief">${text}</p></section>`;
