import { useEffect } from "../../../vendor/hooks.js";
import { _, language, pick } from "../../lib/i18n.js";
import { useCards } from "../hooks.js";
import { html } from "../html.js";
import { Dock } from "../parts/dock.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Tap } from "../parts/tap.js";
import { to } from "../router.js";
import { useClaim, useVisit } from "../visit-state.js";
import { Brief } from "./brief.js";
import { Caught } from "./caught.js";
import { PlainList } from "./plain-list.js";
import { Question } from "./question.js";
import { Review } from "./review.js";

const PAGES = { visit: Brief, question: Question, review: Review, caught: Caught, list: PlainList };

/** Everything about one visit; its pages share one reading of it. @param {{app: object, route: object}} props */
export function VisitScreen({ app, route, lost }) {
  const cards = useCards(app);
  const visit = useVisit(app, route.visit);
  const card = cards?.find((each) => each.visit === route.visit);
  const draft = visit.review?.record.state === "draft";
  const grip = useClaim(app, route.visit, draft, visit.reload);
  useEffect(() => {
    document.title = route.name === "list" ? _("Lists") : `${card?.site.name ?? ""} · Fieldscore`;
  }, [route.name, card?.site.name]);
  if (!cards || (!visit.review && !visit.error)) return html`<div class="screen" aria-busy="true"></div>`;
  if (!card) return html`<${Gone} text=${_("This visit is not on this phone.")} />`;
  if (grip.elsewhere) return html`<${Elsewhere} takeOver=${grip.takeOver} />`;
  const Page = visit.review ? PAGES[route.name] : Brief;
  const words = (map) => pick(map, [language(), ...(visit.review?.definition.languages ?? ["en"])]);
  return html`<${Page} key=${route.name} ...${{ app, route, lost, card, words, ...visit }} readOnly=${!draft} />`;
}

function Gone({ text }) {
  return html`<div class="screen"><${Head} back=${_("Today")} to=${to.today} />
    <main><${Heading}>${text}<//></main>
  </div>`;
}

function Elsewhere({ takeOver }) {
  return html`<div class="screen"><${Head} back=${_("Today")} to=${to.today} />
    <main>
      <${Heading}>${_("This visit is open in another tab")}<//>
      <p>${_("Only one tab writes, so that nothing is written twice. Continue here, and the other tab only reads.")}</p>
    </main>
    <${Dock}><${Tap} look="button filled" tap=${takeOver}>${_("Continue here")}<//><//>
  </div>`;
}
