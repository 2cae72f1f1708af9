import { useEffect, useState } from "../../../vendor/hooks.js";
import { html } from "../html.js";

/** A part of the page that comes a moment after it. @param {{load: () => Promise<Function>}} props */
export function Later({ load, ...props }) {
  const [{ Part }, setPart] = useState({ Part: null });
  useEffect(() => {
    load().then((loaded) => setPart({ Part: loaded }), () => {});
  }, []);
  return Part && html`<${Part} ...${props} />`;
}
