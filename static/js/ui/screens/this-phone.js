import { useState } from "../../../vendor/hooks.js";
import { fileSize } from "../../lib/format.js";
import { _, n_ } from "../../lib/i18n.js";
import { useLoaded } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { saveAll } from "../late-save.js";
import { Banner } from "../parts/banner.js";
import { Tap } from "../parts/tap.js";
import { SignOut } from "./sign-out.js";

/** What the phone holds and how safely. @param {{app: object}} props */
export function ThisPhone({ app }) {
  const phone = useLoaded(app, () => app.phone(), ["visits", "sync", "storage", "update"]).value;
  const others = useLoaded(app, () => app.others(), ["app"]).value ?? [];
  const [leaving, setLeaving] = useState(false);
  if (!phone) return null;
  const ask = async () => {
    await saveAll();
    if (phone.unsent.visits || phone.unsent.drafts) setLeaving(true);
    else app.signOut();
  };
  return html`<section>
    <h2 class="group-title">${_("This phone")}</h2>
    ${phone.storageFull && html`<div class="notices"><${Banner} bad title=${_("This phone is full.")}>
      <p>${_("Answers are still saved; new photos are not. Free 40 MB, or send what waits.")}</p>
    <//></div>`}
    <dl class="card facts">
      <${Fact} name=${_("Not sent yet")}>${sayWaiting(phone.unsent)}<//>
      <${Fact} name=${_("Space used")}>${sayUse(phone)}<//>
      <${Kept} phone=${phone} />
      ${others.map(
        ({ person, name, unsent }) => html`<${Fact} key=${person} name=${_("Kept locked for {name}", { name })}>
          ${n_("{n} visit", "{n} visits", unsent)}
        <//>`,
      )}
      <${Fact} name=${_("Version {build}", { build: phone.build })}>
        <${Tap} look="link" tap=${ask}>${_("Sign out")}<//>
      <//>
    </dl>
    ${leaving && html`<${SignOut} app=${app} unsent=${phone.unsent} cancel=${() => setLeaving(false)} />`}
  </section>`;
}

const Fact = ({ name, children }) => html`<div class="row"><dt>${name}</dt><dd class="tabular">${children}</dd></div>`;

function Kept({ phone: { installed, persisted } }) {
  const yes = html`<strong class="state good"><${Icon} name="tick" />${_("Yes")}</strong>`;
  const no = html`<strong class="state warn"><${Icon} name="missing" />${_("Not yet")}</strong>`;
  if (installed === persisted) return html`<${Fact} name=${_("Installed, kept safe by the phone")}>${installed ? yes : no}<//>`;
  return html`<${Fact} name=${_("Installed")}>${installed ? yes : no}<//>
    <${Fact} name=${_("Kept safe by the phone")}>${persisted ? yes : no}<//>`;
}

function sayWaiting({ visits, photos }) {
  if (!visits) return _("Nothing");
  const [left, right] = [n_("{n} visit", "{n} visits", visits), n_("{n} photo", "{n} photos", photos)];
  return photos ? _("{visits}, {photos}", { visits: left, photos: right }) : left;
}

function sayUse({ usage, quota }) {
  if (usage === null || usage === undefined) return _("The phone does not say");
  return quota ? _("{used} of {all}", { used: fileSize(usage), all: fileSize(quota) }) : fileSize(usage);
}
