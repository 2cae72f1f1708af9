import { useEffect } from "../../../vendor/hooks.js";
import { _, gap } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { sayRefusal } from "../words.js";

/** Why something was not done, where it was asked for. @param {{error: Error|null, title?: string}} props */
export function Refusal({ error, title = _("Not done:") }) {
  useEffect(() => {
    if (error && !error.code) console.error(error); // nobody foresaw it, so nothing else says what it was
  }, [error]);
  return html`<div role="alert">
    ${error && html`<p class="needs bad"><${Icon} name="attention" /><span>${title}${gap()}${sayRefusal(error)}</span></p>`}
    ${error?.code === "session.required" && html`<a class="link strong" href="/sign-in?next=/app/">${_("Sign in")}</a>`}
  </div>`;
}
