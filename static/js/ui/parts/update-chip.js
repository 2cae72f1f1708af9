import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";

/** A new version waits: applied by a tap, never under somebody's hands. @param {{app: object}} props */
export function UpdateChip({ app }) {
  if (!app.update.available) return null;
  return html`<p class="chip">
    <span>${_("Update ready.")}</span>
    <button type="button" class="link strong" onClick=${() => app.update.apply()}>${_("Update now")}</button>
  </p>`;
}
