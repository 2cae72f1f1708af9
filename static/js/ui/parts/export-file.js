import { useEffect, useState } from "../../../vendor/hooks.js";
import { fileSize } from "../../lib/format.js";
import { _, n_ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Refusal } from "./refusal.js";
import { Tap } from "./tap.js";

/**
 * Puts what is not sent into one file and hands it to the person: for the day when this phone cannot send.
 * @param {{app: object, visits?: string[], look?: string}} props without `visits` all that is not sent
 */
export function ExportFile({ app, visits, look = "button" }) {
  const [{ progress, made, refusal }, set] = useState({ progress: null, made: null, refusal: null });
  useEffect(() => () => made && URL.revokeObjectURL(made.address), [made]);
  const make = async () => {
    try {
      const file = await app.exportVisits(visits, (now) => set({ progress: now, made: null, refusal: null }));
      set({ progress: null, made: { ...file, address: URL.createObjectURL(file.file) }, refusal: null });
    } catch (failed) {
      set({ progress: null, made: null, refusal: failed });
    }
  };
  return html`<div class="stack">
    ${refusal && html`<${Refusal} error=${refusal} />`}
    ${made ? html`<${Ready} made=${made} />` : html`<${Tap} look=${look} tap=${make} aria-busy=${String(Boolean(progress))}>
      ${progress ? _("Making the file: {done} of {total} photos.", progress) : _("Save as a file")}
    <//>`}
  </div>`;
}

function Ready({ made: { name, file, address, visits, photos } }) {
  const parts = { visits: n_("{n} visit", "{n} visits", visits), photos: n_("{n} photo", "{n} photos", photos) };
  const whole = new File([file], name, { type: file.type });
  const canShare = navigator.canShare?.({ files: [whole] }) ?? false;
  const share = () => navigator.share({ files: [whole] }).catch(() => {}); // who closes the phone's own page has changed their mind
  return html`<p role="status">${_("The file is ready: {visits}, {photos}. They also stay saved here. Give the file to your manager, and to nobody else: whoever has it can read it.", parts)}</p>
    <a class="button" href=${address} download=${name}>${_("Save the file, {size}", { size: fileSize(file.size) })}</a>
    ${canShare && html`<${Tap} look="button" tap=${share}>${_("Send the file another way")}<//>`}`;
}
