import { useEffect, useState } from "../../../vendor/hooks.js";
import { _, language, pick } from "../../lib/i18n.js";
import { useLoaded } from "../hooks.js";
import { html } from "../html.js";
import { Dock } from "../parts/dock.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Refusal } from "../parts/refusal.js";
import { go, to } from "../router.js";

/** A visit nobody planned: which site, which questionnaire. @param {{app: object}} props */
export function Unplanned({ app }) {
  const plan = useLoaded(app, () => app.store.bootstrap()).value;
  const [refusal, setRefusal] = useState(null);
  useEffect(() => {
    document.title = `${_("A visit that was not planned")} · Fieldscore`;
  }, [language()]);
  if (plan === undefined) return html`<div class="screen" aria-busy="true"></div>`;
  const offered = (plan?.questionnaires ?? []).filter((each) => each.unplanned);
  const sites = (plan?.sites ?? []).map(({ code, name, address }) => [code, [name, address].filter(Boolean).join(", ")]);
  const start = async (event) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget);
    const { slug, version, sha256 } = offered[Number(chosen.get("questionnaire"))];
    try {
      const record = await app.store.startVisit({ site: chosen.get("site"), questionnaire: { slug, version, sha256 } });
      go(to.visit(record.id), { replace: true });
    } catch (failed) {
      setRefusal(failed);
    }
  };
  return html`<form class="screen" onSubmit=${start}>
    <${Head} back=${_("Today")} to=${to.today} />
    <main class="stack-top">
      <${Heading} look="narrower">${_("A visit that was not planned")}<//>
      <${Pick} name="site" label=${_("Site")} options=${sites} />
      <${Pick} name="questionnaire" label=${_("Questionnaire")} options=${offered.map(({ title }, index) => [index, pick(title).text])} />
    </main>
    <${Dock}><${Refusal} error=${refusal} /><button type="submit" class="button filled">${_("Start")}</button><//>
  </form>`;
}

function Pick({ name, label, options }) {
  return html`<div>
    <label class="label" for=${name}>${label}</label>
    <select id=${name} name=${name} required>
      ${options.length !== 1 && html`<option value="">${_("Choose one")}</option>`}
      ${options.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select>
  </div>`;
}
