import { html } from "../html.js";

/** What will be here, and when. @param {{title: string}} props */
export function Empty({ title, children }) {
  return html`<div class="empty"><p>${title}</p><p class="second">${children}</p></div>`;
}
