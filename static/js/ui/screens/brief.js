import { _, gap, n_ } from "../../lib/i18n.js";
import { isInOutbox, sayCard } from "../outbox-cards.js";
import { sayWindow } from "../today-cards.js";
import { sayScore } from "../words.js";
import { html } from "../html.js";
import { Cancelled } from "../parts/cancelled.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Saved } from "../parts/saved.js";
import { StatusLine } from "../parts/status-line.js";
import { to } from "../router.js";
import { HowTheListWorks, ListLinks } from "./list-words.js";
import { Elsewhere, PutAway, Reasons, Sections } from "./brief-parts.js";
import { Step } from "./brief-step.js";
import { ShortOfSpace } from "./space.js";

/** Where to go, what to look for, how far it is: the page around a visit. */
export function Brief({ app, card, review, saved, words, readOnly, error }) {
  const started = Boolean(review);
  return html`<div class="screen">
    <${Head} back=${_("Today")} to=${to.today}>${started && !readOnly && html`<${Saved} saved=${saved} />`}<//>
    <main>
      <${Heading}>${card.site.name}<//>
      <${Where} card=${card} />
      ${card.state === "planned" && html`<${ShortOfSpace} app=${app} />`}
      <${State} ...${{ app, card, review }} />
      <${Cancelled} card=${card} />
      ${card.cancelled && !readOnly && html`<${PutAway} app=${app} card=${card} />`}
      <${Reasons} card=${card} review=${review} words=${words} />
      <${Elsewhere} card=${card} />
      ${started && !readOnly && html`<${ListLinks} visit=${card.visit} record=${review.record} />`}
      ${card.brief && html`<section class="part"><h2>${_("Your brief")}</h2><p class="brief">${card.brief}</p></section>`}
      ${card.questionnaire.slug && html`<${Expect} card=${card} review=${review} words=${words} />`}
      ${started && html`<${Sections} review=${review} words=${words} visit=${card.visit} />`}
      ${(!readOnly || card.state === "planned") && html`<${HowTheListWorks} />`}
    </main>
    <${Step} key=${card.state} ...${{ app, card, review, readOnly, error }} />
  </div>`;
}

function State({ app, card, review }) {
  if (!isInOutbox(card) || card.state === "returned") return null;
  const said = sayCard(card, app.sync);
  return html`<div class="part">
    <${StatusLine} ...${said}>${said.text}<//>
    ${review?.score && html`<p class="facts"><strong>${sayScore(review.score)}</strong></p>`}
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
    ${review && html`<p class="second">
      ${n_("{n} question.", "{n} questions.", review.progress.total)}
      ${gap()}${minutes && n_("About {n} minute.", "About {n} minutes.", minutes)}
    </p>`}
    ${!review && !card.ready && html`<p class="second">${_("The questionnaire comes when the phone has network.")}</p>`}
  </section>`;
}
