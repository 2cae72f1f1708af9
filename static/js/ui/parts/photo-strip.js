import { useEffect, useRef, useState } from "../../../vendor/hooks.js";
import { _, gap, n_ } from "../../lib/i18n.js";
import { useAdding } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { takePhoto } from "../photo-input.js";
import { sayRefusal } from "../words.js";
import { LateText } from "./late-text.js";
import { StatusLine } from "./status-line.js";
import { Tap } from "./tap.js";
import { Thumbnail } from "./thumbnail.js";

/**
 * The photos of a question: three in a row, then the place for one more. One that was taken out leaves "Undo" where it was
 * and goes when the page is left.
 * @param {{store, visit, question, photos, numbered: (id: string) => number, unreadable: Set<string>, asked: number, write, readOnly: boolean, lost: object|null}} props
 */
export function PhotoStrip(props) {
  const { store, visit, question, photos, asked, write, readOnly, lost } = props;
  const [open, setOpen] = useState(null);
  const adding = useAdding(store, visit).filter((each) => each.question === question.key);
  const removal = useRemoval(visit, write);
  if (readOnly && !photos.length) return null;
  const take = (options) => () => takePhoto({ store, visit, question: question.key, live: question.photos.live }, async (file, about) => {
    await removal.settle();
    // Why one was refused is said here; what was saved before still is.
    await write((each) => each.addPhoto(visit, question.key, file, { ...about, ...options }).catch(() => each.loadVisit(visit)));
  });
  const shown = photos.find((photo) => photo.id === open && !removal.gone.has(photo.id));
  const kept = photos.filter((photo) => !removal.gone.has(photo.id)).length;
  const coming = kept + adding.length;
  return html`<section class="part" aria-labelledby="photos">
    <div class="apart">
      <h2 class="label" id="photos">${_("Photos")}</h2>
      <${Asked} asked=${asked} kept=${kept} />
    </div>
    <ul class="photos">
      ${photos.map((photo) => html`<${Tile} key=${photo.id} ...${{ ...props, photo, removal, open, setOpen }} />`)}
      ${adding.map(() => html`<li><p class="photo" role="status">${_("Saving the photo.")}</p></li>`)}
      ${!readOnly && coming < question.photos.max && html`<li><${Add} add=${take()} needed=${asked - coming} /></li>`}
    </ul>
    ${lost && html`<p class="needs" role="alert"><${Icon} name="attention" />${sayLost(lost)}</p>`}
    ${shown && html`<${Details} key=${shown.id} ...${{ ...props, photo: shown, removal, setOpen }} retake=${take({ replaces: shown.id })} />`}
  </section>`;
}

function Add({ add, needed }) {
  return html`<${Tap} look=${needed > 0 ? "photo add asked" : "photo add"} tap=${add}>
    <${Icon} name="camera" />${needed > 0 ? n_("{n} needed", "{n} needed", needed) : _("Add photo")}
  <//>`;
}

function Asked({ asked, kept }) {
  if (!asked) return kept > 0 && html`<p class="second">${n_("{n} taken", "{n} taken", kept)}</p>`;
  const enough = kept >= asked;
  return html`<p class=${enough ? "saved second good" : "saved second warn"}>
    <${Icon} name=${enough ? "tick" : "missing"} />${_("{asked} asked for, {kept} taken", { asked, kept })}
  </p>`;
}

function Tile({ store, photo, numbered, removal, unreadable, open, setOpen }) {
  const n = numbered(photo.id);
  const words = photo.caption || _("Photo {n}", { n });
  if (removal.gone.has(photo.id)) {
    return html`<li><${Tap} look="photo" tap=${() => removal.undo(photo.id)}>
      <span>${_("Taken out.")}</span><strong class="pen">${_("Undo")}</strong>
    <//></li>`;
  }
  const broken = unreadable.has(photo.sha256);
  return html`<li>
    <button type="button" class=${broken ? "photo unreadable" : "photo"} aria-expanded=${String(open === photo.id)}
      onClick=${() => setOpen(open === photo.id ? null : photo.id)}>
      ${broken
        ? html`<${Icon} name="attention" />${_("Photo {n} cannot be read", { n })}`
        : html`<${Thumbnail} store=${store} sha256=${photo.sha256} words=${words} />`}
    </button>
  </li>`;
}

function Details({ store, visit, photo, removal, setOpen, retake, write, dirty, readOnly }) {
  const id = `caption-${photo.id}`;
  const remove = () => {
    removal.remove(photo.id);
    setOpen(null);
  };
  return html`<div class="stack details">
    <${Thumbnail} look="picture" store=${store} sha256=${photo.sha256} words=${photo.caption || _("The photo, larger")} />
    ${readOnly
      ? html`<p>${photo.caption}</p>`
      : html`<div>
            <label class="label" for=${id}>${_("What it shows")}</label>
            <${LateText} single id=${id} text=${photo.caption ?? ""} maxlength="200" dirty=${dirty}
              save=${(text) => write((each) => each.caption(visit, photo.id, text))} />
          </div>
          <div class="pair">
            <${Tap} look="button" tap=${retake}>${_("Take again")}<//>
            <${Tap} look="button" tap=${remove}>${_("Take out")}<//>
          </div>`}
  </div>`;
}

/** Photos on their way out: undone in place until the page is left, then really removed. */
function useRemoval(visit, write) {
  const [gone, setGone] = useState(() => new Set());
  const latest = useRef(gone);
  latest.current = gone;
  const settle = async () => {
    const ids = [...latest.current];
    latest.current = new Set();
    if (ids.length) setGone(latest.current);
    for (const id of ids) await write((store) => store.removePhoto(visit, id));
  };
  useEffect(() => {
    addEventListener("pagehide", settle);
    return () => {
      removeEventListener("pagehide", settle);
      settle();
    };
  }, []);
  const remove = (id) => setGone(new Set([...gone, id]));
  const undo = (id) => setGone(new Set([...gone].filter((each) => each !== id)));
  return { gone, remove, undo, settle };
}

/** Why a photo is not there: refused with an error, or never arrived. @param {{error?: object}} lost */
export const sayLost = ({ error }) =>
  (error ? `${_("Not saved:")}${gap()}${sayRefusal(error)}` : _("The photo did not arrive. Take it again."));
