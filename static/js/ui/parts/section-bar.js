import { html } from "../html.js";

/**
 * One dash for each step: done, here or open. It shows progress, never results.
 * @param {{steps: Array<"done"|"here"|"open">, label: string}} props label says the same in words.
 */
export function SectionBar({ steps, label }) {
  return html`<div class="section-bar" role="img" aria-label=${label}>
    ${steps.map((step, index) => html`<span key=${index} class=${step}></span>`)}
  </div>`;
}

/**
 * The same, where each dash leads to its question.
 * @param {{steps: Array<{key: string, state: string, href: string, label: string}>, label: string}} props
 */
export function SectionNav({ steps, label }) {
  return html`<nav class="section-bar" aria-label=${label}>
    ${steps.map(
      ({ key, state, href, label: words }) => html`<a key=${key} href=${href} aria-label=${words}
        aria-current=${state === "here" ? "step" : undefined}><span class=${state}></span></a>`,
    )}
  </nav>`;
}
