import htm from "../../vendor/htm.js";
import { h } from "../../vendor/preact.js";

/** Markup as a tagged template: html`<p>${text}</p>`. Texts are set as text, never as markup. */
export const html = htm.bind(h);
