import { shortDate } from "../../lib/format.js";
import { html } from "../html.js";

/** The line over the two main pages: the name and the day. */
export function Brand() {
  return html`<header class="head"><strong>Fieldscore</strong><span class="quiet">${shortDate(Date.now(), null)}</span></header>`;
}
