import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Tap } from "./tap.js";

/** A new version waits: applied by a tap, never under somebody's hands. @param {{app: object}} props */
export function UpdateChip({ app }) {
  if (!app.update.available) return null;
  return html`<p class="chip">
    <span>${_("Update ready.")}</span>
    <${Tap} look="link strong" tap=${() => app.update.apply()}>${_("Update now")}<//>
  </p>`;
}
