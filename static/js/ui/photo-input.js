import { asLocation, currentFix } from "../lib/place.js";
import { saveAll } from "./late-save.js";

const FRESH_MS = 2 * 60 * 1000;
/** When to look whether everything is on disk; at the last one the camera opens in any case. */
const LOOKS_MS = [20, 60, 150, 400, 900];
/** Where photos were asked for that are not on disk yet; the last one is what a start after the phone's end hears of. */
const waiting = new Set();

/**
 * Lets the person take or choose a photo. Everything is on disk, and where we were is noted, before the camera opens:
 * the phone may end this page meanwhile, or before the photo is kept.
 * @param {{store: object, visit: string, question: string|null, live?: boolean}} place
 * @param {(file: File, about: {source: string, location: object|null}) => Promise<unknown>} keep not called when the person went back
 */
export async function takePhoto({ store, visit, question, live = false }, keep) {
  const place = { visit, question, at: new Date().toISOString() };
  waiting.add(place);
  const noted = Promise.allSettled([saveAll(), store.setPendingCapture(place)]);
  await stillUnderTheTap(noted);
  const file = await choose(live);
  if (file) await keep(file, { source: sourceOf(file, live, Date.now()), location: asLocation(currentFix()) });
  waiting.delete(place);
  await store.setPendingCapture([...waiting].at(-1) ?? null);
}

/**
 * Resolves when the work is done, or when it takes too long, while the tap that began it still counts. Browsers open a
 * camera only for a tap; WebKit forgets it over storage, and remembers it over timers that the tap itself has set, for a second.
 */
function stillUnderTheTap(work) {
  let done = false;
  work.then(() => { done = true; });
  return new Promise((resolve) => {
    LOOKS_MS.forEach((ms, index) => setTimeout(() => (done || index === LOOKS_MS.length - 1) && resolve(), ms));
  });
}

/** A photo as fresh as this was taken now, whatever the phone offered. */
export function sourceOf(file, live, now) {
  if (live) return "camera";
  return now - file.lastModified < FRESH_MS ? "camera" : "gallery";
}

function choose(live) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.hidden = true;
  if (live) input.setAttribute("capture", "environment");
  document.body.append(input);
  return new Promise((resolve) => {
    const done = () => {
      input.remove();
      resolve(input.files[0] ?? null);
    };
    input.addEventListener("change", done);
    input.addEventListener("cancel", done);
    input.click();
  });
}
