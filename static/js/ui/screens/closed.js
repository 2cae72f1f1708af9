import { useEffect } from "../../../vendor/hooks.js";
import { installState } from "../../lib/install.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Dock } from "../parts/dock.js";
import { Heading } from "../parts/heading.js";
import { InstallFirst } from "./install.js";

const STORAGE = {
  "storage.unusable": () => _("This browser keeps nothing here, as in private browsing. Nothing is begun, so nothing is lost. Open Fieldscore in a normal window."),
  "storage.blocked": () => _("Fieldscore is open in another tab with an older version. What was saved stays. Close that tab, then load again."),
  "storage.lost": () => _("The phone does not open what was saved. It is still there. Close the browser fully, then open Fieldscore again."),
};

/** Reasons that say nothing about what is there already. */
const KEPT = new Set(["storage.blocked", "storage.lost"]);

const PHASES = {
  opening: () => ({ title: _("Opening what is saved here"), text: _("The phone takes a moment. Everything stays saved meanwhile.") }),
  sign_in: () => ({
    title: _("Sign in to see your visits"),
    text: _("Do it once while there is network. After that, everything works without."),
    signIn: true,
  }),
  offline: () => ({ title: _("No network yet"), text: _("Nobody has signed in on this phone. Connect once, then sign in.") }),
  no_storage: ({ reason }) => ({
    title: KEPT.has(reason) ? _("What was saved does not open") : _("Nothing can be saved here"),
    text: (STORAGE[reason] ?? STORAGE["storage.unusable"])(),
  }),
};

/** One calm screen for as long as there is nothing to work with. @param {{app: object}} props */
export function Closed({ app }) {
  const { title, text, signIn } = PHASES[app.phase](app);
  const { ios, installed } = installState();
  useEffect(() => {
    document.title = `${title} · Fieldscore`;
  }, [title]);
  return html`<div class="screen">
    <header class="head"><strong>Fieldscore</strong></header>
    <main class="stack-top">
      <${Heading}>${title}<//>
      <p>${text}</p>
      ${signIn && ios && !installed && html`<${InstallFirst} />`}
    </main>
    <${Dock}>
      ${signIn
        ? html`<a class="button filled" href=${app.signInUrl}>${_("Sign in")}</a>`
        : html`<a class="button filled" href="./">${_("Load again")}</a>`}
    <//>
  </div>`;
}
