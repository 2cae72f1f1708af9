import { useEffect, useRef } from "../../../vendor/hooks.js";
import { html } from "../html.js";

/**
 * The page's first heading; it takes the focus when the page (or `about`) changes, so that it is read aloud.
 * @param {{about?: string, lang?: string}} props
 */
export function Heading({ about = "", lang, look = "", children }) {
  const heading = useRef(null);
  useEffect(() => {
    const typing = document.activeElement?.matches("input, textarea"); // sooner than a slow phone came to this
    if (!typing) heading.current.focus({ preventScroll: true });
  }, [about]);
  return html`<h1 class=${look} lang=${lang} tabindex="-1" ref=${heading}>${children}</h1>`;
}
