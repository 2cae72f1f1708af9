import { fileSize } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { useLoaded } from "../hooks.js";
import { html } from "../html.js";
import { Banner } from "../parts/banner.js";

/** Says before a visit begins that the phone has little room for its photos; it stops nobody. @param {{app: object}} props */
export function ShortOfSpace({ app }) {
  const bytes = useLoaded(app, () => app.shortOfSpace(), []).value ?? null;
  if (bytes === null) return null;
  return html`<div class="part"><${Banner} title=${_("This phone is nearly full.")}>
    <p>${_("{size} are free. Answers will still be saved, photos perhaps not. Free 60 MB before you start, or send what waits.", { size: fileSize(bytes) })}</p>
  <//></div>`;
}
