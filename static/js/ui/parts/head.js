import { html } from "../html.js";
import { Icon } from "../icons.js";

/**
 * The line at the top: the way back at the left, what is true now at the right.
 * @param {{back: string, to: string}} props
 */
export function Head({ back, to, children }) {
  return html`<header class="head">
    <a class="back" href=${to}><${Icon} name="back" />${back}</a>
    ${children}
  </header>`;
}
