import { html } from "./html.js";

const SHAPES = {
  attention: "M12 4 2.5 20h19zM12 10v4.5M12 17.4v.1",
  back: "m14.5 5-7 7 7 7",
  camera: "M3.5 8h4.2l1.8-3h5l1.8 3h4.2v11.5h-17zM12 10.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 1 0 0-6.2",
  forward: "m9.5 5 7 7-7 7",
  lock: "M5.5 11h13v9h-13zM8 11V8a4 4 0 0 1 8 0v3M12 15v1.5",
  phone: "M9 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM10.5 17.5h3",
  plus: "M12 5.5v13M5.5 12h13",
  returned: "M9 6 4 11l5 5M4 11h10.5a4.5 4.5 0 0 1 0 9H12",
  tick: "m4.5 13 5 5L20 7",
  up: "M12 20V4.5M6 10.5l6-6 6 6",
};

const DASHED = { missing: "2.6 2.9" };

/**
 * A drawn mark in the colour of its text. It is silent: its word stands beside it.
 * @param {{name: string, tone?: string}} props tone is good, warn, bad or pen.
 */
export function Icon({ name, tone = "" }) {
  return html`<svg class=${`icon ${tone}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${DASHED[name]
      ? html`<circle cx="12" cy="12" r="9" stroke-dasharray=${DASHED[name]} stroke-linecap="butt" />`
      : html`<path d=${SHAPES[name]} />`}
  </svg>`;
}
