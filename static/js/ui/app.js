import { useEffect, useState } from "../../vendor/hooks.js";
import { render } from "../../vendor/preact.js";
import { _ } from "../lib/i18n.js";
import { useEvents } from "./hooks.js";
import { html } from "./html.js";
import { saveWhenHidden } from "./late-save.js";
import { go, to, useRoute } from "./router.js";
import { Closed } from "./screens/closed.js";
import { Today } from "./screens/today.js";

const visitScreen = () => import("./screens/visit.js").then((module) => module.VisitScreen);

/** What today's screen does not need comes when it is asked for. */
const LATER = {
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
  const Screen = useScreen(route.name);
  useLostPhoto(app);
  if (app.phase !== "ready") return html`<${Closed} app=${app} />`;
  if (!Screen) return html`<div class="screen" aria-busy="true"></div>`;
  return html`<${Screen} key=${route.visit ?? route.name} app=${app} route=${route} />`;
}

function useScreen(name) {
  const [loaded, setLoaded] = useState({ today: Today });
  useEffect(() => {
    if (loaded[name]) return;
    LATER[name]().then(
      (Screen) => setLoaded((before) => ({ ...before, [name]: Screen })),
      () => setLoaded((before) => ({ ...before, [name]: Absent })),
    );
  }, [name]);
  return loaded[name];
}

/** The phone may end the page while its camera is open: then back to that question, which says so. */
function useLostPhoto(app) {
  useEffect(() => {
    if (!app.store) return;
    app.store.pendingCapture().then((marker) => {
      if (!marker) return;
      go(marker.question ? to.question(marker.visit, marker.question) : to.list(marker.visit), { replace: true });
    });
  }, [app.store]);
}

function Absent() {
  return html`<div class="screen"><main>
    <h1>${_("This page is not on the phone yet.")}</h1>
    <p>${_("Connect once and load it again. Everything stays saved here.")}</p>
    <p><a class="link strong" href="./">${_("Load again")}</a></p>
  </main></div>`;
}
