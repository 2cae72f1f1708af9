import { _, n_ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Asking } from "../parts/asking.js";
import { ExportFile } from "../parts/export-file.js";
import { Tap } from "../parts/tap.js";

/** Asks before somebody leaves unsent work behind: send it, keep it locked, save it as a file, or stay. */
export function SignOut({ app, unsent, cancel }) {
  const what = unsent.visits
    ? n_("{n} visit is not sent yet.", "{n} visits are not sent yet.", unsent.visits)
    : n_("{n} visit is not finished.", "{n} visits are not finished.", unsent.drafts);
  const send = async () => {
    await app.sendNow();
    cancel();
  };
  return html`<${Asking} title=${what}>
    <p>${_("If you sign out, it stays on this phone, locked, and goes when you sign in here again. Nobody else can open it.")}</p>
    <div class="stack part">
      ${unsent.visits > 0 && html`<${Tap} look="button filled" tap=${send}>${_("Send now, stay signed in")}<//>`}
      <${Tap} look="button" tap=${() => app.signOut()}>${_("Keep it locked for me and sign out")}<//>
      <${ExportFile} app=${app} />
      <${Tap} look="button" tap=${cancel}>${_("Cancel")}<//>
    </div>
  <//>`;
}
