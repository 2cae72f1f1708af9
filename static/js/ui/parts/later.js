import { useEffect, useState } from "../../../vendor/hooks.js";
import { whenIdle } from "../../lib/idle.js";
import { html } from "../html.js";

/** A part of the page that comes when the rest is there. @param {{load: () => Promise<Function>}} props */
export function Later({ load, ...props }) {
  const [{ Part }, setPart] = useState({ Part: null });
  useEffect(() => {
    whenIdle().then(load).then((loaded) => setPart({ Part: loaded }), () => {});
  }, []);
  return Part && html`<${Part} ...${props} />`;
}
