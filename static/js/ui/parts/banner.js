import { html } from "../html.js";
import { Icon } from "../icons.js";

/** One bold sentence, one explaining, at the top of what it concerns. @param {{title: string, bad?: boolean}} props */
export function Banner({ title, bad = false, children }) {
  return html`<div class=${bad ? "banner bad" : "banner"}>
    <p><${Icon} name="attention" />${title}</p>
    ${children}
  </div>`;
}
