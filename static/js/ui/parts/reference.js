import { useLayoutEffect, useRef, useState } from "../../../vendor/hooks.js";
import { _ } from "../../lib/i18n.js";
import { html } from "../html.js";
import { usePicture } from "./thumbnail.js";

/**
 * A question's reference photo, where it is on this phone: small, so that the answer stays in reach; a tap shows it whole, as large as fits.
 * @param {{store: object, sha256: string, about: {text: string, lang: string}}} props about is its text alternative.
 */
export function Reference({ store, sha256, about }) {
  const address = usePicture(store, sha256);
  const [large, setLarge] = useState(false);
  const button = useRef(null);
  useLayoutEffect(() => {
    if (large) button.current.scrollIntoView({ block: "nearest" });
  }, [large]);
  return address && html`<button ref=${button} type="button" class="reference" aria-expanded=${String(large)} onClick=${() => setLarge(!large)}>
    <img src=${address} alt=${about.text} lang=${about.lang} />${_("As it should look")}
  </button>`;
}
