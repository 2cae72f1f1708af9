import { useEffect } from "../../../vendor/hooks.js";
import { distance, time } from "../../lib/format.js";
import { installState } from "../../lib/install.js";
import { _, gap, language, pick } from "../../lib/i18n.js";
import { currentFix } from "../../lib/place.js";
import { useCards, useLoaded } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Brand } from "../parts/brand.js";
import { Cancelled } from "../parts/cancelled.js";
import { Empty } from "../parts/empty.js";
import { Heading } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SectionBar } from "../parts/section-bar.js";
import { StatusLine } from "../parts/status-line.js";
import { Tabs } from "../parts/tabs.js";
import { UpdateChip } from "../parts/update-chip.js";
import { go, to } from "../router.js";
import { sayDistance, sayUnsent, sayWindow, stuck, today } from "../today-cards.js";

const installFirst = () => import("./install.js").then((module) => module.InstallFirst);
const installOffer = () => import("./install.js").then((module) => module.InstallOffer);

/** Today's visits and those that come. @param {{app: object}} props */
export function Today({ app }) {
  const cards = useCards(app);
  const plan = useLoaded(app, () => app.store.bootstrap(), ["visits"], [], app.store.listed?.bootstrap).value;
  useEffect(() => {
    document.title = `${_("Today")} · Fieldscore`;
  }, [language()]);
  const unplanned = plan?.questionnaires.some((questionnaire) => questionnaire.unplanned);
  return html`<div class="screen">
    <main>
      <${Brand} />
      <${Heading}>${_("Today")}<//>
      <${Notices} app=${app} cards=${cards} />
      ${cards && html`<${Plan} app=${app} cards=${cards} />`}
      ${unplanned &&
      html`<p class="lower centred">
        <a class="link strong" href=${to.unplanned}>${_("Start a visit that was not planned")}</a>
      </p>`}
      <${Later} load=${installOffer} />
    </main>
    <${Tabs} here="today" unsent=${app.sync.unsent} />
  </div>`;
}

/** In a tab on iOS this comes first; everywhere else the offer waits below the visits, where it moves nothing. */
const mustInstall = () => installState().ios && !installState().installed;

function Notices({ app, cards }) {
  const unsent = cards && sayUnsent(app.sync, cards);
  return html`<div class="stack notices">
    <${Stuck} cards=${stuck(cards ?? [])} />
    ${unsent &&
    html`<div role="status"><${StatusLine} ...${unsent}>
      <span class="quiet block">${unsent.text}</span>
      ${unsent.signIn && html`<a class="link strong" href=${app.signInUrl}>${_("Sign in")}</a>`}
    <//></div>`}
    <${UpdateChip} app=${app} />
    ${mustInstall() && html`<${Later} load=${installFirst} />`}
  </div>`;
}

function Stuck({ cards }) {
  if (!cards.length) return null;
  return html`<div role="status"><${StatusLine} icon="attention" tone="warn" bold=${_("Needs attention:")}>
    ${cards.map((card) => html`<a key=${card.visit} class="link strong block" href=${to.visit(card.visit)}>${card.site.name}</a>`)}
  <//></div>`;
}

function Plan({ app, cards }) {
  const { drafts, due, coming } = today(cards, Date.now());
  if (!drafts.length && !due.length && !coming.length) {
    return html`<${Empty} title=${_("No visit is planned.")}>
      ${_("New visits appear here when your manager plans one and the phone has network.")}
    <//>`;
  }
  return html`
    ${!drafts.length && !due.length && html`<p class="quiet">${_("Nothing today. The next visit is below.")}</p>`}
    ${(drafts.length > 0 || due.length > 0) &&
    html`<ul class="card">
      ${drafts.map((card, index) => html`<li key=${card.visit}><${Continue} app=${app} card=${card} filled=${index === 0 && !(card.cancelled && due.length + coming.length)} /></li>`)}
      ${due.map((card) => html`<li key=${card.visit}><${Planned} card=${card} /></li>`)}
    </ul>`}
    ${coming.map(
      ({ day, cards: those }) => html`<section key=${day}>
        <h2 class="group-title">${day}</h2>
        <ul class="card">${those.map((card) => html`<li key=${card.visit}><${Planned} card=${card} /></li>`)}</ul>
      </section>`,
    )}`;
}

/** The way back into a draft. A thumb that is faster than the store waits for it, and still lands at the open question. */
function Continue({ app, card, filled }) {
  const review = useLoaded(app, () => app.review(card.visit)).value;
  const openAt = (read) => (read.progress.next ? to.question(card.visit, read.progress.next) : to.visit(card.visit));
  const early = async (event) => {
    event.preventDefault();
    go(await app.review(card.visit).then(openAt, () => to.visit(card.visit)));
  };
  return html`<div class="row wide">
    <p class="second">${_("Paused at {time}", { time: time(card.saved_at, null) })}</p>
    <h2 class="visit-name">${card.site.name}</h2>
    <p class="second">${card.site.address}</p>
    <${Cancelled} card=${card} />
    ${review && html`<${Progress} review=${review} />`}
    <a class=${filled ? "button filled" : "button"} href=${review ? openAt(review) : to.visit(card.visit)} onClick=${review ? undefined : early}>
      ${_("Continue {site}", { site: card.site.name })}
    </a>
  </div>`;
}

function Progress({ review: { progress, definition } }) {
  const { answered, total, sections, next } = progress;
  const here = definition.sections.find((section) => section.questions.some((question) => question.key === next));
  const steps = sections.map((section) => (section.key === here?.key ? "here" : section.answered === section.total ? "done" : "open"));
  const said = _("{answered} of {total} answered.", { answered, total });
  const follows = here ? _("Next: {section}.", { section: pick(here.title).text }) : _("Next: look it over.");
  return html`<${SectionBar} steps=${steps} label=${said} /><p class="facts">${said}${gap()}${follows}</p>`;
}

function Planned({ card }) {
  const fix = currentFix();
  const { lat, lon } = card.site;
  const away = fix.lat !== undefined && lat !== null && lat !== undefined ? sayDistance(distance(fix, { lat, lon })) : "";
  return html`<a class="row" href=${to.visit(card.visit)}>
    <div>
      <h2 class="visit-name">${card.site.name}</h2>
      <p class="second">${sayWindow(card, Date.now())}</p>
      <p class="second">${away}${away && gap()}${firstLine(card.brief) || card.site.address}</p>
    </div>
    <${Icon} name="forward" />
  </a>`;
}

const firstLine = (brief) => (brief ?? "").split("\n")[0];
