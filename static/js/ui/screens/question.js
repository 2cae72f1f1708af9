import { _, gap, language } from "../../lib/i18n.js";
import { photosNeeded } from "../../questionnaire/needs.js";
import { read } from "../../questionnaire/rules.js";
import { showAnswer } from "../../questionnaire/show.js";
import { isOpen } from "../../store/answers.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { kindOf } from "../kinds/index.js";
import { Comment } from "../parts/comment.js";
import { Dock } from "../parts/dock.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { NoAnswer, Reason } from "../parts/no-answer.js";
import { PhotoStrip } from "../parts/photo-strip.js";
import { Reference } from "../parts/reference.js";
import { Refusal } from "../parts/refusal.js";
import { Saved } from "../parts/saved.js";
import { SectionNav } from "../parts/section-bar.js";
import { Tap } from "../parts/tap.js";
import { to } from "../router.js";
import { dashes, isAnswered, nextOpen, numberOf, placeOf } from "../sections.js";

/** One question at a time; each has its own address. */
export function Question(props) {
  const { route, review, card, words } = props;
  const place = placeOf(review, route.question);
  if (!place) return html`<${NotAsked} card=${card} />`;
  return html`<${Card} key=${place.question.key} ...${props} ...${place} ...${useActions(props, place.question)} words=${words} />`;
}

function useActions({ review, card, write }, question) {
  const visit = card.visit;
  return {
    visit,
    entry: review.record.answers[question.key],
    running: review.record.stopwatches[question.key],
    answer: (given) => write((store) => store.answer(visit, question.key, given)),
    clear: () => write((store) => store.clear(visit, question.key)),
    wrongs: new Set(review.mistakes.filter((mistake) => mistake.question === question.key).map((mistake) => mistake.code)),
  };
}

function Card(props) {
  const { card, review, section, question, index, saved, readOnly, words, wrongs } = props;
  const kind = kindOf(question);
  const parts = kind.useParts({ ...props, wrong: wrongs.has("value.range") || wrongs.has("value.kind") });
  const title = words(section.title);
  return html`<div class="screen">
    <${Head} back=${card.site.name} to=${to.visit(card.visit)}>${!readOnly && html`<${Saved} saved=${saved} />`}<//>
    <main>
      <div class="apart facts"><strong lang=${title.lang}>${title.text}</strong>
        <span class="quiet tabular">${_("{n} of {total}", { n: index + 1, total: section.questions.length })}</span></div>
      <${SectionNav} label=${_("Questions of this section")} steps=${steps(review, section, question.key, card.visit)} />
      <${Asked} ...${{ review, section, question, index, words, store: props.app.store }} />
      ${readOnly ? html`<${Given} ...${props} />` : parts.page}
      ${question.photos && html`<${PhotoStrip} ...${photoProps(props)} lost=${props.lost} />`}
      <${Comment} ...${props} />
      ${!readOnly && html`<${Clear} ...${props} />`}
    </main>
    ${!readOnly && html`<${Thumb} ...${props} parts=${parts} />`}
  </div>`;
}

function photoProps({ app, visit, question, review, card, write, dirty, readOnly }) {
  const { record, definition } = review;
  const photos = record.photos.filter((photo) => photo.question === question.key);
  const lifted = record.answers[question.key]?.not_applicable || "could_not_check" in (record.answers[question.key] ?? {});
  const asked = lifted ? 0 : photosNeeded(definition, question, read(definition, record.answers).values, photos.length);
  const unreadable = new Set([...card.unreadable, ...refusedHere(review, question)]);
  const numbered = (id) => numberOf(review.record, id);
  return { store: app.store, visit, question, write, dirty, readOnly, photos, asked, unreadable, numbered };
}

const refusedHere = ({ mistakes, record }, question) => mistakes
  .filter((mistake) => mistake.question === question.key && mistake.photo)
  .map((mistake) => record.photos.find((photo) => photo.id === mistake.photo)?.sha256);

const steps = (review, section, here, visit) =>
  dashes(review, section, here).map(({ key, state }, index) => ({
    key, state, href: to.question(visit, key),
    label: state === "open" ? _("Question {n}, open", { n: index + 1 }) : _("Question {n}", { n: index + 1 }),
  }));

function Asked({ review, section, question, index, words, store }) {
  const said = [question.text, question.standard, question.help, index === 0 ? section.intro : null];
  const [text, standard, help, intro] = said.map((map) => words(map));
  const reasons = review.record.reasons.filter((reason) => reason.question === question.key);
  return html`
    ${intro.text && html`<p class="quiet intro" lang=${intro.lang}>${intro.text}</p>`}
    <${Heading} look="asked" about=${question.key} lang=${text.lang}>${text.text}<//>
    ${question.critical && html`<p class="facts"><strong>${_("Must-keep standard.")}</strong></p>`}
    ${standard.text && html`<p class="standard" lang=${standard.lang}>${_("Standard: {text}", { text: standard.text })}</p>`}
    ${question.referencePhoto && html`<${Reference} store=${store} sha256=${question.referencePhoto} about=${standard.text ? standard : text} />`}
    ${help.text && html`<details class="help"><summary>${_("How to check it")}</summary><p lang=${help.lang}>${help.text}</p></details>`}
    ${reasons.map((reason) => html`<p class="needs part"><${Icon} name="returned" /><span>${_("Returned:")}${gap()}${reason.text}</span></p>`)}`;
}

function Given({ question, entry }) {
  if (isOpen(entry) && !question.behaviour.takesValue) return null;
  return html`<p class="part">
    <strong>${showAnswer(question, isOpen(entry) ? null : entry, language())}</strong>${entry?.by_hand && ` (${_("entered by hand")})`}
  </p>`;
}

function Clear({ question, review, entry, clear }) {
  const shown = isAnswered({ ...review.record, photos: [] }, question);
  if (!shown) return null;
  const words = entry.comment ? _("Clear the answer") : _("Clear");
  return html`<p class="lower centred"><${Tap} look="link" tap=${clear}>${words}<//></p>`;
}

function Thumb(props) {
  const { parts, question, review, visit, saved } = props;
  const next = nextOpen(review, question.key);
  const words = next ? _("Next open question") : _("Review and finish");
  const address = next ? to.question(visit, next) : to.review(visit);
  const ready = !question.behaviour.takesAnswer || isAnswered(review.record, question);
  return html`<${Dock} label=${_("Answer")}>
    <${Reason} ...${props} />
    ${saved?.failed && html`<${Refusal} error=${saved.failed} title=${_("Not saved:")} />`}
    ${parts.dock}
    <${NoAnswer} ...${props} />
    ${parts.next === undefined &&
    html`<a class=${ready ? "button next filled" : "button next"} href=${address}>${words}<${Icon} name="forward" /></a>`}
    ${parts.links &&
    html`<div class="links">${parts.links}${parts.next === "quiet" && html`<a class="link" href=${address}>${words}</a>`}</div>`}
  <//>`;
}

function NotAsked({ card }) {
  return html`<div class="screen"><${Head} back=${card.site.name} to=${to.visit(card.visit)} />
    <main><${Heading}>${_("This question is not asked")}<//><p>${_("An earlier answer leaves it out.")}</p></main>
  </div>`;
}
