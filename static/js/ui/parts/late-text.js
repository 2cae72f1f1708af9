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
  const box = useRef(null);
  const latest = useRef(save);
  latest.current = save;
  saver.current ??= new LateSave((value) => latest.current(value));
  useEffect(() => () => saver.current.now(), []);
  const shown = useRef("");
  useEffect(() => {
    if (shown.current && !text && document.activeElement !== box.current) box.current.value = ""; // cleared elsewhere on the page
    shown.current = text;
  }, [text]);
  const typed = (event) => {
    dirty();
    saver.current.later(event.currentTarget.value);
  };
  const left = () => saver.current.now();
  const all = { ...rest, ref: box, class: look, defaultValue: text, onInput: typed, onBlur: left };
  return single ? html`<input type="text" ...${all} />` : html`<textarea rows=${rows} ...${all}></textarea>`;
}
