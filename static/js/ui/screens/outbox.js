import { useEffect } from "../../../vendor/hooks.js";
import { _, language } from "../../lib/i18n.js";
import { outbox, sayCard } from "../outbox-cards.js";
import { sayUnsent } from "../today-cards.js";
import { useCards } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Brand } from "../parts/brand.js";
import { Empty } from "../parts/empty.js";
import { Heading } from "../parts/heading.js";
import { Said, StatusLine } from "../parts/status-line.js";
import { Tabs } from "../parts/tabs.js";
import { UpdateChip } from "../parts/update-chip.js";
import { to } from "../router.js";
import { ThisPhone } from "./this-phone.js";

/** What needs a person, what moves, what rests, what is done: one true line for each visit. @param {{app: object}} props */
export function Outbox({ app }) {
  const cards = useCards(app);
  const rows = cards && outbox(cards);
  useEffect(() => {
    document.title = `${_("Outbox")} · Fieldscore`;
  }, [language()]);
  return html`<div class="screen">
    <main>
      <${Brand} />
      <${Heading}>${_("Outbox")}<//>
      <div class="stack notices"><${SignIn} app=${app} cards=${cards} /><${UpdateChip} app=${app} /></div>
      ${rows?.length > 0 &&
      html`<ul class="card">${rows.map((card) => html`<li key=${card.visit}><${Row} app=${app} card=${card} /></li>`)}</ul>`}
      ${rows?.length === 0 &&
      html`<${Empty} title=${_("Nothing waits here.")}>${_("A visit appears here when it is finished, and says when it was sent.")}<//>`}
      <${ThisPhone} app=${app} />
    </main>
    <${Tabs} here="outbox" unsent=${app.sync.unsent} />
  </div>`;
}

function SignIn({ app, cards }) {
  const unsent = sayUnsent(app.sync, cards);
  if (!unsent?.signIn) return null;
  return html`<div><${StatusLine} ...${unsent}>
    <span class="quiet block">${unsent.text}</span>
    <a class="link strong" href=${app.signInUrl}>${_("Sign in")}</a>
  <//></div>`;
}

function Row({ app, card }) {
  const said = sayCard(card, app.sync);
  return html`<a class="row" href=${to.visit(card.visit)}>
    <${Icon} name=${said.icon} tone=${said.tone} />
    <div>
      <h2>${card.site.name}</h2>
      <p class="facts"><${Said} ...${said}>${said.text}<//></p>
    </div>
    ${said.open && html`<${Icon} name="forward" />`}
  </a>`;
}
