import { useState } from "../../../vendor/hooks.js";
import { time } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Asking } from "../parts/asking.js";
import { Banner } from "../parts/banner.js";
import { Refusal } from "../parts/refusal.js";
import { Tap } from "../parts/tap.js";
import { go, to } from "../router.js";
import { isAnswered, noteOf, numberOf, placeOf, shownSections } from "../sections.js";

/** What the reviewer asks for, and the photos that cannot be read, while the visit can still be corrected. */
export function asked(card, review) {
  if (card.state !== "returned" && card.state !== "draft") return [];
  const reasons = review?.record.state === "draft" ? review.record.reasons : card.reasons;
  const broken = (review?.record.photos ?? []).filter((photo) => card.unreadable.includes(photo.sha256));
  const say = ({ id }) => _("Photo {n} cannot be read. Take it again, or take it out.", { n: numberOf(review.record, id) });
  return [...reasons, ...broken.map((photo) => ({ question: photo.question, text: say(photo) }))];
}

/** The same, one link for each reason. */
export function Reasons({ card, review, words }) {
  const reasons = asked(card, review);
  if (!reasons.length) return null;
  return html`<section class="part">
    <h2 class="label">${_("Returned, because")}</h2>
    <ul class="card">
      ${reasons.map((reason, index) => html`<li key=${index}><${Reason} ...${{ reason, review, words, visit: card.visit }} /></li>`)}
    </ul>
  </section>`;
}

function Reason({ reason, review, words, visit }) {
  const place = review && reason.question && placeOf(review, reason.question);
  const body = html`<${Icon} name="returned" tone="warn" /><div>
    ${place && html`<strong>${placeWords(place, words)}</strong>`}
    <p>${reason.text}</p>
  </div>`;
  if (!place) return html`<div class="row">${body}</div>`;
  return html`<a class="row" href=${to.question(visit, reason.question)}>${body}<${Icon} name="forward" /></a>`;
}

/** "Signage, question 4" */
export const placeWords = ({ section, index }, words) =>
  _("{section}, question {n}", { section: words(section.title).text, n: index + 1 });

/** All sections with what is answered in each; each leads to its first open question. */
export function Sections({ review, words, visit }) {
  return html`<section>
    <h2 class="group-title">${_("All sections")}</h2>
    <ul class="card facts">
      ${shownSections(review).map(
        (section) => html`<li key=${section.key}><${SectionRow} ...${{ review, section, words, visit }} /></li>`,
      )}
    </ul>
  </section>`;
}

function SectionRow({ review, section, words, visit }) {
  const { answered, total } = review.progress.sections.find((each) => each.key === section.key);
  const first = section.questions.find((question) => question.behaviour.takesAnswer && !isAnswered(review.record, question));
  const note = noteOf(review, section);
  const done = answered === total && !note.open;
  const title = words(section.title);
  return html`<a class="row tally" href=${to.question(visit, (first ?? section.questions[0]).key)}>
    <strong lang=${title.lang}>${title.text}</strong>
    <span class="quiet">${note.text}</span>
    <span class=${done ? "state good tabular" : answered ? "state warn tabular" : "state quiet tabular"}>
      ${done ? html`<${Icon} name="tick" />` : html`<${Icon} name="missing" />`}
      <span class="heard">${done ? _("complete") : _("not complete")}</span>${answered} / ${total}
    </span>
  </a>`;
}

/** A draft that is no longer planned may be put away, on purpose only. */
export function PutAway({ app, card }) {
  const [asking, ask] = useState(false);
  const [refusal, setRefusal] = useState(null);
  const discard = () => app.store.discard(card.visit).then(() => go(to.today), setRefusal);
  if (!asking) return html`<p><${Tap} look="link" tap=${() => ask(true)}>${_("Delete this visit")}<//></p>`;
  return html`<${Asking} title=${_("Delete this visit?")}>
    <p>${_("Everything in it leaves this phone for good. What was already copied over the network is not deleted.")}</p>
    <div class="stack part">
      <${Tap} look="button stop" tap=${discard}>${_("Delete this visit")}<//>
      <${Tap} look="button" tap=${() => ask(false)}>${_("Cancel")}<//>
    </div>
    <${Refusal} error=${refusal} />
  <//>`;
}

/** Another phone has begun this visit or its corrections: taken over only on purpose, with the next step. */
export function Elsewhere({ card }) {
  const draft = card.elsewhere?.[0];
  if (!draft || !["planned", "draft", "returned"].includes(card.state)) return null;
  const at = time(draft.saved_at, null);
  return html`<div class="part"><${Banner} title=${_("Begun elsewhere, last saved at {time}.", { time: at })}>
    <p>${_("On another phone, or here before this browser was emptied. A copy is kept, without photos that were not sent and without notes and times that no question has yet. Continue here only if that phone is gone.")}</p>
  <//></div>`;
}
