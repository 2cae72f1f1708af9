import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";

/** What lies under the thumb. @param {{label?: string}} props label names it to who cannot see it. */
export function Dock({ label = _("Next step"), children }) {
  return html`<section class="dock" aria-label=${label}>${children}</section>`;
}
