import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { StatusLine } from "./status-line.js";

/** What became of the plan, while the work goes on. @param {{card: object}} props */
export function Cancelled({ card }) {
  if (!card.cancelled) return null;
  return html`<div class="cancelled"><${StatusLine} icon="attention" tone="warn">
    ${_("This visit is no longer planned; what you did stays saved here and can still be sent.")}
  <//></div>`;
}
