import { useState } from "../../../vendor/hooks.js";
import { time } from "../../lib/format.js";
import { _, gap, n_ } from "../../lib/i18n.js";
import { uuid } from "../../lib/ids.js";
import { useAdding } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Dock } from "../parts/dock.js";
import { Heading } from "../parts/heading.js";
import { LateText } from "../parts/late-text.js";
import { sayLost } from "../parts/photo-strip.js";
import { Tap } from "../parts/tap.js";
import { takePhoto } from "../photo-input.js";
import { to } from "../router.js";
import { ITEMS, listTitle } from "./list-words.js";

const UNDO_MS = 5000;

/** A shopping list, and it stays one: no name of ours, no notice, nothing that is scored. */
export function PlainList({ app, card, review: { record }, write, dirty, readOnly, saved, lost }) {
  const [editing, setEditing] = useState(false);
  const [typing, setTyping] = useState(null);
  const visit = card.visit;
  const left = ITEMS.length - record.marks.length;
  const receipts = record.photos.filter((photo) => !photo.question).length;
  const saving = useAdding(app.store, visit).filter((photo) => !photo.question).length;
  return html`<div class="screen plain">
    <header class="head">
      <a class="back" href=${to.visit(visit)}><${Icon} name="back" />${_("Lists")}</a>
      ${!readOnly && html`<${Tap} look="link" tap=${() => setEditing(!editing)}>${editing ? _("Done") : _("Edit")}<//>`}
    </header>
    <main>
      <${Heading}>${listTitle(new Date(record.started.at))}<//>
      <ul>
        ${ITEMS.map((each) => html`<li key=${each.kind}><${Item} ...${{ ...each, visit, record, write, editing, readOnly }} /></li>`)}
        ${!readOnly && html`<li><${Add} ...${{ visit, write, dirty, typing, setTyping }} /></li>`}
      </ul>
      <${Notes} ...${{ visit, notes: record.notes.filter((note) => note.id !== typing), write, dirty, editing }} />
    </main>
    <${Dock} label=${_("List")}>
      <${Count} ...${{ left, receipts, saving, lacking: saved?.failed ? { error: saved.failed } : lost }} />
      ${!readOnly && html`<${Receipt} app=${app} visit=${visit} write=${write} />`}
    <//>
  </div>`;
}

function Count({ left, receipts, saving, lacking }) {
  if (saving) return html`<p key="saving" class="second" role="status">${n_("Saving {n} receipt.", "Saving {n} receipts.", saving)}</p>`;
  if (lacking) return html`<p key="lacking" class="second" role="alert">${sayLost(lacking)}</p>`;
  return html`<p class="second">${n_("{n} left.", "{n} left.", left)}${gap()}${n_("{n} receipt.", "{n} receipts.", receipts)}</p>`;
}

function Item({ kind, item, visit, record, write, editing, readOnly }) {
  const made = record.marks.find((mark) => mark.kind === kind);
  const tap = () => {
    if (readOnly) return;
    if (!made) write((store) => store.mark(visit, kind));
    else if (editing || Date.now() - made.wall < UNDO_MS) write((store) => store.unmark(visit, kind));
  };
  return html`<button type="button" class="item" aria-pressed=${String(Boolean(made))} onClick=${tap}>
    <span class="tick"><${Icon} name="tick" /></span>
    <span>${item()}</span>
    ${made && html`<span class="tabular">${time(made.at, null).replace(":", ".")}</span>`}
  </button>`;
}

function Add({ visit, write, dirty, typing, setTyping }) {
  const save = (text) => write((store) => store.addNote(visit, text, typing));
  const add = async (event) => {
    event.preventDefault();
    const refused = await save(event.currentTarget.elements.note.value);
    if (!refused) setTyping(null);
  };
  if (!typing) {
    return html`<${Tap} look="item quiet" tap=${() => setTyping(uuid())}>
      <span class="tick plus"><${Icon} name="plus" /></span><span>${_("Add something")}</span>
    <//>`;
  }
  return html`<form class="item" onSubmit=${add} ref=${focus}>
    <button type="submit" class="tick plus" aria-label=${_("Add")}><${Icon} name="plus" /></button>
    <${LateText} single name="note" dirty=${dirty} save=${save}
      aria-label=${_("Add something")} maxlength="500" enterkeyhint="done" autocomplete="off" />
  </form>`;
}

const focus = (form) => form?.elements.note.focus();

function Notes({ visit, notes, write, dirty, editing }) {
  if (!editing) return html`<div class="jotted">${notes.map((note) => html`<p key=${note.id}>${note.text}</p>`)}</div>`;
  const change = ({ id }) => (text) => write((store) => store.addNote(visit, text, id));
  return html`<div class="jotted stack">
    ${notes.map(
      (note) => html`<${LateText} key=${note.id} single text=${note.text} dirty=${dirty}
        save=${change(note)} aria-label=${_("Line")} />`,
    )}
  </div>`;
}

function Receipt({ app, visit, write }) {
  const take = () => takePhoto({ store: app.store, visit, question: null, live: true },
    (file, about) => write((store) => store.addPhoto(visit, null, file, about)));
  return html`<${Tap} look="button" tap=${take}><${Icon} name="camera" />${_("Receipt")}<//>`;
}
