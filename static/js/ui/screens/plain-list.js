import { useState } from "../../../vendor/hooks.js";
import { time } from "../../lib/format.js";
import { _, gap, n_ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Dock } from "../parts/dock.js";
import { Heading } from "../parts/heading.js";
import { LateText } from "../parts/late-text.js";
import { Tap } from "../parts/tap.js";
import { takePhoto } from "../photo-input.js";
import { to } from "../router.js";
import { ITEMS, listTitle } from "./list-words.js";

const UNDO_MS = 5000;

/** A shopping list, and it stays one: no name of ours, no notice, nothing that is scored. */
export function PlainList({ app, card, review: { record }, write, dirty, readOnly }) {
  const [editing, setEditing] = useState(false);
  const visit = card.visit;
  const left = ITEMS.length - record.marks.length;
  const receipts = record.photos.filter((photo) => !photo.question).length;
  return html`<div class="screen plain">
    <header class="head">
      <a class="back" href=${to.visit(visit)}><${Icon} name="back" />${_("Lists")}</a>
      ${!readOnly && html`<${Tap} look="link" tap=${() => setEditing(!editing)}>${editing ? _("Done") : _("Edit")}<//>`}
    </header>
    <main>
      <${Heading}>${listTitle(new Date(record.started.at))}<//>
      <ul>
        ${ITEMS.map((each) => html`<li key=${each.kind}><${Item} ...${{ ...each, visit, record, write, editing, readOnly }} /></li>`)}
        ${!readOnly && html`<li><${Add} visit=${visit} write=${write} /></li>`}
      </ul>
      <${Notes} ...${{ visit, record, write, dirty, editing }} />
    </main>
    <${Dock} label=${_("List")}>
      <p class="second">${n_("{n} left.", "{n} left.", left)}${gap()}${n_("{n} receipt.", "{n} receipts.", receipts)}</p>
      ${!readOnly && html`<${Receipt} app=${app} visit=${visit} write=${write} />`}
    <//>
  </div>`;
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

function Add({ visit, write }) {
  const [open, setOpen] = useState(false);
  const add = async (event) => {
    event.preventDefault();
    const box = event.currentTarget.elements.note;
    const text = box.value.trim();
    const refused = text && (await write((store) => store.addNote(visit, text)));
    if (!refused) setOpen(false);
  };
  if (!open) {
    return html`<${Tap} look="item quiet" tap=${() => setOpen(true)}>
      <span class="tick plus"><${Icon} name="plus" /></span><span>${_("Add something")}</span>
    <//>`;
  }
  return html`<form class="item" onSubmit=${add}>
    <button type="submit" class="tick plus" aria-label=${_("Add")}><${Icon} name="plus" /></button>
    <input type="text" name="note" ref=${focus} aria-label=${_("Add something")} maxlength="500" enterkeyhint="done" autocomplete="off" />
  </form>`;
}

const focus = (input) => input?.focus();

function Notes({ visit, record, write, dirty, editing }) {
  if (!editing) return html`<div class="jotted">${record.notes.map((note) => html`<p key=${note.id}>${note.text}</p>`)}</div>`;
  const change = ({ id }) => (text) =>
    write((store) => (text.trim() ? store.changeNote(visit, id, text) : store.removeNote(visit, id)));
  return html`<div class="jotted stack">
    ${record.notes.map(
      (note) => html`<${LateText} key=${note.id} single text=${note.text} dirty=${dirty}
        save=${change(note)} aria-label=${_("Line")} />`,
    )}
  </div>`;
}

function Receipt({ app, visit, write }) {
  const take = async () => {
    const taken = await takePhoto({ store: app.store, visit, question: null, live: true });
    if (!taken) return;
    const { file, ...about } = taken;
    await write((store) => store.addPhoto(visit, null, file, about));
    app.store.setPendingCapture(null);
  };
  return html`<${Tap} look="button" tap=${take}><${Icon} name="camera" />${_("Receipt")}<//>`;
}
