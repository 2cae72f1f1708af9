import { html } from "../html.js";
import { Icon } from "../icons.js";

/**
 * A button that can be chosen and says so by tick, edge and aria-pressed.
 * Tapping the chosen one again keeps it; clearing lives under the card.
 * @param {{chosen: boolean, choose: () => void, look?: "half"|"line"|"", toggles?: boolean}} props
 */
export function Choice({ chosen, choose, look = "", toggles = false, label, children }) {
  const tap = () => (toggles || !chosen) && choose();
  const words = html`<span>${children}</span>`;
  return html`<button type="button" class=${`choice ${look}`} aria-pressed=${String(chosen)} aria-label=${label} onClick=${tap}>
    ${look === "line" ? [words, html`<${Icon} name="tick" />`] : [html`<${Icon} name="tick" />`, words]}
  </button>`;
}
