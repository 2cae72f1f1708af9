import { useEffect, useState } from "../../../vendor/hooks.js";
import { _, language, n_ } from "../../lib/i18n.js";
import { showAnswer } from "../../questionnaire/show.js";
import { isOpen } from "../../store/answers.js";
import { useAdding } from "../hooks.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { saveAll } from "../late-save.js";
import { Dock } from "../parts/dock.js";
import { Head } from "../parts/head.js";
import { Heading } from "../parts/heading.js";
import { Refusal } from "../parts/refusal.js";
import { Saved } from "../parts/saved.js";
import { Tap } from "../parts/tap.js";
import { go, to } from "../router.js";
import { missing, sayMissing } from "../sections.js";
import { sayPause } from "../today-cards.js";
import { placeWords, Sections } from "./brief-parts.js";

/** What is missing, each with its reason and a link; when nothing is, the same button says Finish. */
export function Review({ app, card, review, saved, words, readOnly }) {
  const open = missing(review);
  const title = open.count
    ? n_("{n} thing before you finish", "{n} things before you finish", open.count)
    : _("Nothing is missing");
  return html`<div class="screen">
    <${Head} back=${card.site.name} to=${to.visit(card.visit)}>${!readOnly && html`<${Saved} saved=${saved} />`}<//>
    <main>
      <${Heading} look="narrower">${title}<//>
      ${open.count > 0 && html`<ul class="card">
        ${open.found.map(
          (each) => html`<li key=${each.question.key}><${Missing} ...${each} ...${{ review, words, visit: card.visit }} /></li>`,
        )}
        ${open.loose.length > 0 && html`<li><${Loose} visit=${card.visit} n=${open.loose.length} /></li>`}
      </ul>`}
      <${Sections} review=${review} words=${words} visit=${card.visit} />
    </main>
    ${!readOnly && html`<${Step} app=${app} visit=${card.visit} open=${open} />`}
  </div>`;
}

function Missing({ section, question, index, mistake, review, words, visit }) {
  const entry = review.record.answers[question.key];
  const answer = isOpen(entry) ? "" : showAnswer(question, entry, language());
  const title = placeWords({ section, index }, words);
  return html`<${Entry} href=${to.question(visit, question.key)} title=${title} text=${sayMissing(mistake, answer)} />`;
}

function Loose({ visit, n }) {
  const text = n_("{n} photo belongs to no question yet", "{n} photos belong to no question yet", n);
  return html`<${Entry} href=${to.caught(visit)} title=${_("Caught on the list")} text=${text} />`;
}

function Entry({ href, title, text }) {
  return html`<a class="row" href=${href}>
    <${Icon} name="missing" tone="warn" />
    <div><strong>${title}</strong><p class="second">${text}</p></div>
    <${Icon} name="forward" />
  </a>`;
}

function Step({ app, visit, open }) {
  const [refusal, setRefusal] = useState(null);
  const adding = useAdding(app.store, visit);
  useEffect(() => {
    app.prepareFinish();
    import("./outbox.js").catch(() => {});
  }, []);
  const finish = async () => {
    try {
      await saveAll();
      await app.finish(visit);
      go(to.outbox, { replace: true });
    } catch (failed) {
      setRefusal(failed);
    }
  };
  const goes = app.sync.paused ? sayPause(app.sync.paused) : _("It is saved here and goes by itself.");
  const then = open.count ? _("After that, this becomes Finish.") : goes;
  const first = open.found.length ? to.question(visit, open.found[0].question.key) : to.caught(visit);
  return html`<${Dock}>
    <${Refusal} error=${refusal} />
    ${open.count
      ? html`<a class="button filled" href=${first}>${_("Take me to the first")}<${Icon} name="forward" /></a>`
      : html`<${Tap} look="button filled" tap=${finish}>${_("Finish")}<//>`}
    <p class="second centred" role="status">${adding.length ? _("Saving the photo.") : then}</p>
  <//>`;
}
