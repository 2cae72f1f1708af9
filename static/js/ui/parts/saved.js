import { time } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";

/**
 * The calm in the corner: shown after the write is done, not before.
 * @param {{saved: {at?: string, failed?: object}|null}} props null while something is being written
 */
export function Saved({ saved }) {
  const failed = Boolean(saved?.failed);
  return html`<p class=${failed ? "saved bad" : "saved"} role="status">
    ${saved && html`<${Icon} name=${failed ? "attention" : "tick"} />`}
    ${saved && (failed ? _("Not saved") : _("Saved {time}", { time: time(saved.at, null) }))}
  </p>`;
}
