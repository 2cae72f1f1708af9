import { useEffect, useRef } from "../../../vendor/hooks.js";
import { html } from "../html.js";
import { Banner } from "./banner.js";

/** A question that comes first, seen and heard where it is asked; its answers are the children. @param {{title: string}} props */
export function Asking({ title, children }) {
  const box = useRef(null);
  useEffect(() => {
    box.current.focus({ preventScroll: true });
    box.current.scrollIntoView({ block: "nearest" });
  }, []);
  return html`<div class="part" role="alertdialog" tabindex="-1" ref=${box} aria-labelledby="asking">
    <${Banner} title=${html`<span id="asking">${title}</span>`}>${children}<//>
  </div>`;
}
