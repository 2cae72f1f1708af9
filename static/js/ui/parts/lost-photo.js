import { _, gap } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { sayRefusal } from "../words.js";

/** Of a photo that did not get here, or was refused with an error. @param {{error?: object}} lost */
export const sayLost = ({ error }) => (error ? sayUnsaved(error) : _("The photo did not arrive. Take it again."));

/** @param {{code?: string}} error */
export const sayUnsaved = (error) => `${_("Not saved:")}${gap()}${sayRefusal(error)}`;

/** Leads to where the photo was taken, from wherever somebody is. @param {{lost: object, place: string}} props */
export function LostPhoto({ lost, place }) {
  return html`<p class="head" role="alert"><a class="needs bad" href=${place}><${Icon} name="attention" />${sayLost(lost)}</a></p>`;
}
