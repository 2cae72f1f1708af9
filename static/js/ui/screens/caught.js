import { useState } from "../../../vendor/hooks.js";
import { stopwatch, time } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { intervals } from "../../store/marks.js";
import { html } from "../html.js";
import { kindOf } from "../kinds/index.js";
import { Empty } from "../parts/empty.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Saved } from "../parts/saved.js";
import { Thumbnail } from "../parts/thumbnail.js";
import { to } from "../router.js";
import { shownSections } from "../sections.js";
import { ITEMS } from "./list-words.js";

/** What the list caught, each with the questions it can go to. */
export function Caught(props) {
  const { card, review, saved } = props;
  const { record } = review;
  const photos = record.photos.filter((photo) => !photo.question);
  const times = intervals(record.marks);
  const nothing = !photos.length && !record.notes.length && !times.length;
  return html`<div class="screen">
    <${Head} back=${card.site.name} to=${to.visit(card.visit)}><${Saved} saved=${saved} /><//>
    <main>
      <${Heading}>${_("Caught on the list")}<//>
      ${nothing && html`<${Empty} title=${_("Nothing waits here.")}>
        ${_("Times, notes and photos from the list appear here until they belong to a question.")}
      <//>`}
      <${Group} title=${_("Photos")}>${photos.map((photo) => html`<${Photo} key=${photo.id} ...${props} photo=${photo} />`)}<//>
      <${Group} title=${_("Notes")}>${record.notes.map((note) => html`<${Note} key=${note.id} ...${props} note=${note} />`)}<//>
      <${Group} title=${_("Times")}>${times.map((span) => html`<${Span} key=${span.from} ...${props} span=${span} />`)}<//>
    </main>
  </div>`;
}

function Group({ title, children }) {
  if (!children.length) return null;
  return html`<section><h2 class="group-title">${title}</h2><ul class="card">${children}</ul></section>`;
}

function Photo(props) {
  const { app, photo, card, write } = props;
  const words = _("Photo taken at {time}", { time: time(photo.taken_at, null) });
  return html`<li class="row wide stack">
    <${Thumbnail} look="picture" store=${app.store} sha256=${photo.sha256} words=${words} />
    <${Assign} ...${props} id=${photo.id} about=${words} fits=${(question) => question.photos}
      assign=${(question) => write((store) => store.assignPhoto(card.visit, photo.id, question))} />
  </li>`;
}

function Note(props) {
  const { note, card, write } = props;
  const takes = (question) => question.behaviour.takesValue && question.comment !== "none";
  return html`<li class="row wide stack">
    <p>${note.text}</p>
    <${Assign} ...${props} id=${note.id} about=${note.text} fits=${takes}
      assign=${(question) => write((store) => store.assignNote(card.visit, note.id, question))} />
  </li>`;
}

function Span(props) {
  const { span, card, write } = props;
  const means = (kind) => ITEMS.find((item) => item.kind === kind).means();
  const words = _("From {from} to {to}", { from: means(span.from), to: means(span.to) });
  return html`<li class="row wide stack">
    <p class="apart"><strong>${words}</strong><span class="tabular">${stopwatch(span.ms)}</span></p>
    <${Assign} ...${props} id=${span.from} about=${words} fits=${(question) => kindOf(question).takesTime}
      assign=${(question) => write((store) => store.setDuration(card.visit, question, span.ms, { started_at: span.started_at }))} />
  </li>`;
}

function Assign({ review, words, id, about, fits, assign, readOnly }) {
  const [put, setPut] = useState(null);
  const sections = shownSections(review)
    .map((section) => ({ ...section, questions: section.questions.filter(fits) }))
    .filter((section) => section.questions.length);
  if (readOnly || !sections.length) return null;
  const submit = async (event) => {
    event.preventDefault();
    const question = new FormData(event.currentTarget).get("question");
    if (question && !(await assign(question))) setPut(question);
  };
  return html`<form class="stack" onSubmit=${submit}>
    <label class="heard" for=${`to-${id}`}>${_("Question for: {thing}", { thing: about })}</label>
    <select id=${`to-${id}`} name="question" required onChange=${() => setPut(null)}>
      <option value="">${_("Choose a question")}</option>
      ${sections.map((section) => html`<optgroup key=${section.key} label=${words(section.title).text}>
        ${section.questions.map(({ key, text }) => html`<option key=${key} value=${key}>${words(text).text}</option>`)}
      </optgroup>`)}
    </select>
    <button type="submit" class="button">${put ? _("Put there") : _("Put it there")}</button>
  </form>`;
}
