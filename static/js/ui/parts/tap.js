import { html } from "../html.js";

/** A button. @param {{look: string, tap: (event: Event) => void}} props look is its classes: "link", "button filled" … */
export function Tap({ look, tap, children, ...rest }) {
  return html`<button type="button" class=${look} onClick=${tap} ...${rest}>${children}</button>`;
}
