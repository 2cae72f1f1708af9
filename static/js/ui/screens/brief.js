import { useState } from "../../../vendor/hooks.js";
import { _, n_ } from "../../lib/i18n.js";
import { isInOutbox, sayCard } from "../outbox-cards.js";
import { sayWindow } from "../today-cards.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Dock } from "../parts/dock.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Refusal } from "../parts/refusal.js";
import { Saved } from "../parts/saved.js";
import { StatusLine } from "../parts/status-line.js";
import { go, to } from "../router.js";
import { missing } from "../sections.js";
import { HowTheListWorks, ListLinks } from "./list-words.js";
import { asked, Elsewhere, Reasons, Sections } from "./brief-parts.js";

/** Where to go, what to look for, how far it is: the page around a visit. */
export function Brief({ app, card, review, saved, words, readOnly, error }) {
  const started = Boolean(review);
  return html`<div class="screen">
    <${Head} back=${_("Today")} to=${to.today}>${started && !readOnly && html`<${Saved} saved=${saved} />`}<//>
    <main>
      <${Heading}>${card.site.name}<//>
      <${Where} card=${card} />
      ${isInOutbox(card) && card.state !== "returned" && html`<div class="part"><${StatusLine} ...${sayCard(card, app.sync)}>${sayCard(card, app.sync).text}<//></div>`}
      <${Reasons} card=${card} review=${review} words=${words} />
      <${Elsewhere} app=${app} card=${card} />
      ${started && !readOnly && html`<${ListLinks} visit=${card.visit} record=${review.record} />`}
      ${card.brief && html`<section class="part"><h2>${_("Your brief")}</h2><p class="brief">${card.brief}</p></section>`}
      <${Expect} card=${card} review=${review} words=${words} />
      ${started && html`<${Sections} review=${review} words=${words} visit=${card.visit} />`}
      ${(!readOnly || card.state === "planned") && html`<${HowTheListWorks} />`}
    </main>
    <${Step} ...${{ app, card, review, readOnly, error }} />
  </div>`;
}

function Where({ card: { site, ...card } }) {
  const placed = site.lat !== null && site.lat !== undefined;
  const there = placed ? `geo:${site.lat},${site.lon}?q=${encodeURIComponent(`${site.lat},${site.lon}(${site.name})`)}` : null;
  return html`
    <p class="quiet">${there ? html`<a href=${there}>${site.address || _("Show on a map")}</a>` : site.address}</p>
    ${card.state === "planned" && html`<p class="quiet">${sayWindow({ ...card, site }, Date.now())}</p>`}`;
}

function Expect({ card, review, words }) {
  const { title } = card.questionnaire;
  const minutes = review?.definition.minutes;
  const name = words(title);
  return html`<section class="part">
    <h2>${_("What to expect")}</h2>
    <p lang=${name.lang}>${name.text}</p>
    ${review && html`<p class="second">${n_("{n} question.", "{n} questions.", review.progress.total)} ${minutes && n_("About {n} minute.", "About {n} minutes.", minutes)}</p>`}
    ${!review && !card.ready && html`<p class="second">${_("The questionnaire comes when the phone has network.")}</p>`}
  </section>`;
}

/** The one filled button: what happens next with this visit. */
function Step({ app, card, review, readOnly, error }) {
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
    const { progress, definition } = await app.review(record.id);
    go(to.question(record.id, progress.next ?? definition.sections[0].questions[0].key));
  });
  const correct = attempt(async () => {
    await app.reopen(card.visit);
    const named = asked(card, review).find((reason) => reason.question);
    go(named ? to.question(card.visit, named.question) : to.visit(card.visit));
  });
  const again = attempt(() => app.retry(card.visit));
  const step = nextStep({ card, review, readOnly, start, correct });
  const unreadable = error && error.code !== "visit.unknown" ? error : null;
  return html`<${Dock}>
    <${Refusal} error=${refusal ?? unreadable} />
    ${step}
    ${card.state === "attention" && html`<button type="button" class="link" onClick=${again}>${_("Try to send it again")}</button>`}
  <//>`;
}

const OPENS = {
  returned: () => _("Correct it"),
  attention: () => _("Open it again"),
  queued: () => _("Change it before it is sent"),
};

function nextStep({ card, review, readOnly, start, correct }) {
  const filled = (words, action) => html`<button type="button" class="button filled" onClick=${action}>${words}</button>`;
  if (!review && card.state === "planned") return filled(_("Start {site}", { site: card.site.name }), start);
  if (review && !readOnly) {
    const open = missing(review);
    const next = review.progress.next;
    const address = next ? to.question(card.visit, next) : to.review(card.visit);
    const words = next ? _("Continue {site}", { site: card.site.name }) : open.count ? _("Look it over") : _("Review and finish");
    return html`<a class="button filled" href=${address}>${words}<${Icon} name="forward" /></a>`;
  }
  const opens = review && OPENS[card.state];
  if (opens) return card.state === "queued" ? html`<button type="button" class="button" onClick=${correct}>${opens()}</button>` : filled(opens(), correct);
  return html`<p class="second centred">${_("This visit can be read here, and changed only if it is returned.")}</p>`;
}
