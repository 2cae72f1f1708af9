import { useState } from "../../../vendor/hooks.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Dock } from "../parts/dock.js";
import { ExportFile } from "../parts/export-file.js";
import { Refusal } from "../parts/refusal.js";
import { Tap } from "../parts/tap.js";
import { go, to } from "../router.js";
import { missing, shownSections } from "../sections.js";
import { asked } from "./brief-parts.js";

/** The one filled button: what happens next with this visit. */
export function Step({ app, card, review, readOnly, error }) {
  const [refusal, setRefusal] = useState(null);
  const attempt = (action) => async () => {
    try {
      await action();
    } catch (failed) {
      setRefusal(failed);
    }
  };
  const start = attempt(async () => {
    const record = await app.store.startVisit({ assignment: card.assignment });
    const [first] = shownSections(await app.review(record.id));
    go(to.question(record.id, first.questions[0].key));
  });
  const correct = attempt(async () => {
    await app.reopen(card.visit);
    const named = asked(card, review).find((reason) => reason.question);
    go(named ? to.question(card.visit, named.question) : to.visit(card.visit));
  });
  const takeOver = attempt(() => app.restore(card.visit, card.elsewhere[0].device));
  const again = attempt(() => app.retry(card.visit));
  const step = nextStep({ card, review, readOnly, start, correct });
  const unreadable = error && error.code !== "visit.unknown" ? error : null;
  return html`<${Dock}>
    <${Refusal} error=${refusal ?? unreadable} />
    ${isCopied(card) && html`<${Tap} look="button filled" tap=${takeOver}>${_("Continue here")}<//>`}
    ${step}
    ${card.state === "attention" && !isDouble(card) &&
    html`<${Tap} look="link" tap=${again}>${_("Try to send it again")}<//>`}
    ${isStuck(card, app) && html`<${ExportFile} app=${app} visits=${[card.visit]} look=${isDouble(card) ? "button filled" : "button"} />`}
  <//>`;
}

/** Whether another phone's bytes stand in its place: until that is returned, ours can only be read and handed over. */
const isDouble = ({ code, server }) => code === "revision.differs" && server !== "returned";

/** Whether another phone's copy can go on here: it comes first, as it holds more than a new beginning. */
const isCopied = ({ state, elsewhere }) => (state === "planned" || state === "returned") && elsewhere.length > 0;

/** Whether it does not go by itself. */
const isStuck = ({ state }, app) => state === "attention" || (state === "queued" && app.sync.paused !== null);

const OPENS = {
  returned: () => _("Correct it"),
  attention: () => _("Open it again"),
  queued: () => _("Change it before it is sent"),
};

function nextStep({ card, review, readOnly, start, correct }) {
  const site = card.site.name;
  const look = isCopied(card) ? "link" : card.state === "queued" ? "button" : "button filled";
  if (!review && card.state === "planned") return card.assignment && html`<${Tap} look=${look} tap=${start}>${_("Start {site}", { site })}<//>`;
  if (review && !readOnly) return html`<${Onward} card=${card} review=${review} />`;
  const opens = (review || card.state === "returned") && !isDouble(card);
  const words = opens ? OPENS[card.state] : null;
  if (words) return html`<${Tap} look=${look} tap=${correct}>${words()}<//>`;
  const rest = review ? _("This visit can be read here, and changed only if it is returned.") : _("This visit was made on another phone.");
  return html`<p class="second centred">${rest}</p>`;
}

function Onward({ card, review }) {
  const { next } = review.progress;
  const look = missing(review).count ? _("Look it over") : _("Review and finish");
  return html`<a class="button filled" href=${next ? to.question(card.visit, next) : to.review(card.visit)}>
    ${next ? _("Continue {site}", { site: card.site.name }) : look}<${Icon} name="forward" />
  </a>`;
}
