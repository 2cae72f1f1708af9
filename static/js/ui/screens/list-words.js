import { longDate } from "../../lib/format.js";
import { _, language } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { to } from "../router.js";

/** The list's items, in the order of a visit. First letters carry the marks, so each language has its own. */
export const ITEMS = [
  { kind: "entered", item: () => _("Eggs"), means: () => _("entered") },
  { kind: "greeted", item: () => _("Grapes"), means: () => _("greeted") },
  { kind: "queue", item: () => _("Quiche"), means: () => _("queue joined") },
  { kind: "paid", item: () => _("Pears"), means: () => _("paid") },
  { kind: "left", item: () => _("Lemons"), means: () => _("left") },
];

/** "Tuesday shop" */
export const listTitle = (at) => _("{day} shop", { day: new Intl.DateTimeFormat(language(), { weekday: "long" }).format(at) });

/** The ways to the list and to what it caught. */
export function ListLinks({ visit, record }) {
  const loose = record.notes.length + record.photos.filter((photo) => !photo.question).length;
  return html`<ul class="card part">
    <li><a class="row" href=${to.list(visit)}><strong>${_("Open the list")}</strong><${Icon} name="forward" /></a></li>
    ${(loose > 0 || record.marks.length > 1) &&
    html`<li><a class="row" href=${to.caught(visit)}>
      <strong>${_("Caught on the list")}</strong><span class="quiet">${loose || ""}</span><${Icon} name="forward" />
    </a></li>`}
  </ul>`;
}

/** Teaches the first letters. */
export function HowTheListWorks() {
  return html`<section class="part">
    <h2>${_("Looking like a customer")}</h2>
    <p>${_("The list looks like a shopping list. A tick notes the time; the first letter says of what.")}</p>
    <dl class="letters">
      ${ITEMS.map(({ kind, item, means }) => html`<div key=${kind}><dt>${item()}</dt><dd>${means()}</dd></div>`)}
    </dl>
    <p class="second">${_("Tap again within five seconds to undo. Add something is a note, Receipt is the camera.")}</p>
  </section>`;
}
