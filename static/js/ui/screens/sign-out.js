import { useState } from "../../../vendor/hooks.js";
import { _, n_ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Banner } from "../parts/banner.js";

/** Asks before somebody leaves unsent work behind: send it, keep it locked, or stay. */
export function SignOut({ app, unsent, cancel }) {
  const [busy, setBusy] = useState(false);
  const what = unsent.visits
    ? n_("{n} visit is not sent yet.", "{n} visits are not sent yet.", unsent.visits)
    : n_("{n} visit is not finished.", "{n} visits are not finished.", unsent.drafts);
  const send = async () => {
    setBusy(true);
    await app.sendNow();
    cancel();
  };
  return html`<div class="part" role="alertdialog" aria-labelledby="leaving">
    <${Banner} title=${html`<span id="leaving">${what}</span>`}>
      <p>${_("If you sign out, it stays on this phone, locked, and goes when you sign in here again. Nobody else can open it.")}</p>
      <div class="stack part">
        ${unsent.visits > 0 && html`<button type="button" class="button filled" disabled=${busy} onClick=${send}>${_("Send now, stay signed in")}</button>`}
        <button type="button" class="button" onClick=${() => app.signOut()}>${_("Keep it locked for me and sign out")}</button>
        <button type="button" class="button" onClick=${cancel}>${_("Cancel")}</button>
      </div>
    <//>
  </div>`;
}
