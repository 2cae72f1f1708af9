import { gap } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";

/**
 * What is true now, in its place: a mark, the state in bold, what and when.
 * @param {{icon: string, tone?: string, bold?: string, meter?: {value: number, max: number}|null}} props
 */
export function StatusLine({ icon, tone, bold, meter, children }) {
  return html`<div class="status">
    <${Icon} name=${icon} tone=${tone} />
    <div><${Said} bold=${bold} tone=${tone} meter=${meter}>${children}<//></div>
  </div>`;
}

/** The words of a status line, for rows that bring their own mark. */
export function Said({ bold, tone = "", meter, children }) {
  return html`${bold && html`<strong class=${tone === "good" || tone === "pen" ? "" : tone}>${bold}</strong>${gap()}`}
    ${children}
    ${meter && html`<progress value=${meter.value} max=${meter.max} aria-hidden="true"></progress>`}`;
}
