import { useEffect, useRef } from "../../../vendor/hooks.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Choice } from "./choice.js";
import { LateText } from "./late-text.js";

/**
 * Not applicable, where the question allows it, and could not check.
 * @param {{question: object, entry: object|undefined, answer: (given: object) => void}} props
 */
export function NoAnswer({ question, entry, answer }) {
  const { notApplicable, couldNotCheck } = question;
  if (!notApplicable && !couldNotCheck) return null;
  return html`<div class=${notApplicable && couldNotCheck ? "pair" : "stack"}>
    ${notApplicable &&
    html`<${Choice} look="half" chosen=${Boolean(entry?.not_applicable)} choose=${() => answer({ not_applicable: true })}>
      ${_("Not applicable")}
    <//>`}
    ${couldNotCheck &&
    html`<${Choice} look="half" chosen=${couldNotBe(entry)} choose=${() => answer({ could_not_check: "" })}>
      ${_("Could not check")}
    <//>`}
  </div>`;
}

/**
 * The reason why something could not be checked. It opens over the answers, so that nothing under the thumb moves.
 * @param {{question: object, entry: object|undefined, answer: (given: object) => Promise<unknown>, dirty: () => void}} props
 */
export function Reason({ question, entry, answer, dirty }) {
  return couldNotBe(entry) && html`<${ReasonText} key=${question.key} ...${{ question, entry, answer, dirty }} />`;
}

function ReasonText({ question, entry, answer, dirty }) {
  const box = useRef(null);
  useEffect(() => {
    if (!entry.could_not_check) box.current.querySelector("input").focus();
  }, []);
  const id = `reason-${question.key}`;
  return html`<div ref=${box}>
    <label class="label" for=${id}>${_("Why could it not be checked?")}</label>
    <${LateText} single id=${id} text=${entry.could_not_check} maxlength="500" dirty=${dirty}
      save=${(text) => answer({ could_not_check: text })} />
  </div>`;
}

const couldNotBe = (entry) => entry !== undefined && "could_not_check" in entry;
