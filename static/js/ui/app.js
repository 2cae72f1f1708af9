import { useEffect, useState } from "../../vendor/hooks.js";
import { render } from "../../vendor/preact.js";
import { _ } from "../lib/i18n.js";
import { useEvents } from "./hooks.js";
import { html } from "./html.js";
import { saveWhenHidden } from "./late-save.js";
import { Later } from "./parts/later.js";
import { go, to, useRoute } from "./router.js";
import { Today } from "./screens/today.js";

const refusal = () => import("./parts/refusal.js").then((module) => module.Refusal);
const visitScreen = () => import("./screens/visit.js").then((module) => module.VisitScreen);

/** What today's screen does not need comes when it is asked for. */
const LATER = {
  closed: () => import("./screens/closed.js").then((module) => module.Closed),
  outbox: () => import("./screens/outbox.js").then((module) => module.Outbox),
  unplanned: () => import("./screens/unplanned.js").then((module) => module.Unplanned),
  visit: visitScreen,
  question: visitScreen,
  review: visitScreen,
  caught: visitScreen,
  list: visitScreen,
};

/**
 * Draws the app, now and on every event.
 * @param {Element} root @param {object} app
 */
export function mount(root, app) {
  saveWhenHidden();
  root.replaceChildren();
  render(html`<${Root} app=${app} />`, root);
}

function Root({ app }) {
  useEvents(app, ["app", "sync", "update"]);
  const route = useRoute();
  const ready = app.phase === "ready";
  const Screen = useScreen(ready ? route.name : "closed");
  const lost = useLostPhoto(app);
  const here = lost && location.hash === placeOf(lost);
  if (!Screen) return html`<div class="screen" aria-busy="true"></div>`;
  return html`
    ${lost?.error && !here && html`<div class="head">
      <${Later} load=${refusal} error=${lost.error} title=${_("Not saved:")} />
      <a class="link" href=${placeOf(lost)}>${_("Take again")}</a>
    </div>`}
    <${Screen} key=${ready ? (route.visit ?? route.name) : "closed"} app=${app} route=${route} lost=${here ? lost : null} />`;
}

/** By what loads it: pages of one visit share a screen, which stays when somebody goes from one to the other. */
function useScreen(name) {
  const load = LATER[name];
  const [loaded, setLoaded] = useState(new Map([[undefined, Today]]));
  useEffect(() => {
    if (loaded.has(load)) return;
    const keep = (Screen) => setLoaded((before) => new Map(before).set(load, Screen));
    load().then(keep, () => keep(Absent));
  }, [load]);
  return loaded.get(load);
}

/**
 * A photo that is not there: said where it was taken until one is taken there again. The phone may end the page while its camera is open:
 * then back to that place. One that was refused while somebody went on is said wherever they are.
 * @returns {{visit: string, question: string|null, error?: Error}|null}
 */
function useLostPhoto(app) {
  const [lost, setLost] = useState(null);
  useEffect(() => {
    const isThere = (adding, before) => before && placeOf(adding) === placeOf(before);
    const follow = (adding) => setLost((before) => (adding.error ? adding : isThere(adding, before) ? null : before));
    app.store?.pendingCapture().then((marker) => {
      if (!marker) return;
      app.store.setPendingCapture(null);
      setLost(marker);
      go(placeOf(marker), { replace: true });
    });
    return app.store?.on("adding", follow);
  }, [app.store]);
  return lost;
}

const placeOf = ({ visit, question }) => (question ? to.question(visit, question) : to.list(visit));

function Absent() {
  return html`<div class="screen"><main>
    <h1>${_("This page is not on the phone yet.")}</h1>
    <p>${_("Connect once and load it again. Everything stays saved here.")}</p>
    <p><a class="link strong" href="./">${_("Load again")}</a></p>
  </main></div>`;
}
