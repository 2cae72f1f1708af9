import { _, n_ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { to } from "../router.js";

/** The two places of the app; the count is of visits finished and not sent. @param {{here: "today"|"outbox", unsent: number}} props */
export function Tabs({ here, unsent }) {
  const current = (name) => (here === name ? "page" : undefined);
  return html`<nav class="tabs" aria-label=${_("Fieldscore")}>
    <a href=${to.today} aria-current=${current("today")}>${_("Today")}</a>
    <a href=${to.outbox} aria-current=${current("outbox")}>
      ${_("Outbox")}
      ${unsent > 0 &&
      html`<span class="count" aria-hidden="true">${unsent}</span>
        <span class="heard">${n_("{n} not sent", "{n} not sent", unsent)}</span>`}
    </a>
  </nav>`;
}
