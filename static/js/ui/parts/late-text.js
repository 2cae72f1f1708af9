import { useEffect, useRef } from "../../../vendor/hooks.js";
import { html } from "../html.js";
import { LateSave } from "../late-save.js";

/**
 * A text that saves itself: a moment after the last key, and at once when left.
 * The page never writes into it while somebody types. Give it a key for what it belongs to.
 * @param {{save: (text: string) => Promise<unknown>, text: string, dirty?: () => void, rows?: number}} props
 */
export function LateText({ save, text = "", dirty = () => {}, rows = 2, single = false, look = "", ...rest }) {
  const saver = useRef(null);
  const latest = useRef(save);
  latest.current = save;
  saver.current ??= new LateSave((value) => latest.current(value));
  useEffect(() => () => saver.current.now(), []);
  const typed = (event) => {
    dirty();
    saver.current.later(event.currentTarget.value);
  };
  const left = () => saver.current.now();
  if (single) return html`<input class=${look} type="text" defaultValue=${text} onInput=${typed} onBlur=${left} ...${rest} />`;
  return html`<textarea class=${look} rows=${rows} defaultValue=${text} onInput=${typed} onBlur=${left} ...${rest}></textarea>`;
}
