import { useEffect, useState } from "../../../vendor/hooks.js";
import { elapsed } from "../../lib/clock.js";
import { stopwatch, time } from "../../lib/format.js";
import { _ } from "../../lib/i18n.js";
import { keepAwake } from "../../lib/wake.js";
import { html } from "../html.js";
import { Tap } from "../parts/tap.js";

function useParts(props) {
  const [byHand, setByHand] = useState(false);
  const { entry, running } = props;
  const now = useTicks(running);
  if (byHand) return { page: html`<${ByHand} ...${props} done=${() => setByHand(false)} />`, next: false };
  const hand = html`<${Tap} look="link" tap=${() => setByHand(true)}>${_("Enter by hand")}<//>`;
  if (running) return whileRunning(props, now, hand);
  if (entry?.value !== undefined) return whenKept(props, () => setByHand(true));
  return whenReady(props, hand);
}

function whenReady({ visit, question, write, words }, hand) {
  const start = () => write((store) => store.startStopwatch(visit, question.key));
  return {
    page: html`<div class="stopwatch"><p class="clock">0:00</p></div>`,
    dock: html`<${Tap} look="button filled huge" tap=${start}>${label(question, "start", words) ?? _("Start")}<//>`,
    links: hand,
    next: "quiet",
  };
}

function whileRunning({ visit, question, running, write, words }, now, hand) {
  const stop = () => write((store) => store.stopStopwatch(visit, question.key));
  const again = () => write((store) => store.cancelStopwatch(visit, question.key));
  return {
    page: html`<div class="stopwatch">
      <p class="running">${_("Running")}</p>
      <p class="clock" role="timer" aria-live="off">${stopwatch(now)}</p>
      <p class="second tabular">${_("Started at {time}", { time: withSeconds(running.at) })}</p>
      <p class="second why">${_("It runs on with the screen locked and without network.")}</p>
    </div>`,
    dock: html`<${Tap} look="button filled huge" tap=${stop}>${label(question, "stop", words) ?? _("Stop")}<//>`,
    links: html`<${Tap} look="link" tap=${again}>${_("Start again")}<//>${hand}`,
    next: false,
  };
}

function whenKept({ entry, readOnly }, change) {
  return {
    page: html`<div class="stopwatch">
      <p class="clock">${stopwatch(entry.value)}</p>
      ${entry.by_hand && html`<p class="second">${_("Entered by hand")}</p>`}
      ${!readOnly && html`<${Tap} look="link strong" tap=${change}>${_("Change")}<//>`}
    </div>`,
  };
}

function ByHand({ visit, question, entry, write, done }) {
  const seconds = Math.round((entry?.value ?? 0) / 1000);
  const save = async (event) => {
    event.preventDefault();
    const { minutes, rest } = Object.fromEntries(new FormData(event.currentTarget));
    const ms = handMs(minutes, rest);
    if (ms !== null && !(await write((store) => store.setDuration(visit, question.key, ms, {})))) done();
  };
  const box = (name, text, value) => html`<div>
    <label class="label" for=${`by-hand-${name}`}>${text}</label>
    <input class="number" id=${`by-hand-${name}`} name=${name} inputmode="numeric" autocomplete="off" defaultValue=${value} />
  </div>`;
  return html`<form class="stack part" onSubmit=${save}>
    <div class="by-hand">${box("minutes", _("Minutes"), Math.floor(seconds / 60))}${box("rest", _("Seconds"), seconds % 60)}</div>
    <p class="hint">${_("It is shown as entered by hand.")}</p>
    <div class="pair">
      <${Tap} look="button" tap=${done}>${_("Cancel")}<//>
      <button type="submit" class="button filled">${_("Save")}</button>
    </div>
  </form>`;
}

/** Minutes and seconds as typed, in milliseconds; null when they are no time. */
export function handMs(minutes, seconds) {
  const [m, s] = [minutes, seconds].map((text) => (/^\d{0,4}$/.test(text.trim()) ? Number(text) : NaN));
  return Number.isNaN(m + s) ? null : (m * 60 + s) * 1000;
}

function useTicks(running) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), 250);
    const release = keepAwake();
    return () => {
      clearInterval(timer);
      release();
    };
  }, [running?.at]);
  return running ? elapsed(running).ms : 0;
}

const label = ({ labels }, name, words) => (labels[name] ? words(labels[name]).text : null);

const withSeconds = (at) => `${time(at, null)}:${String(new Date(at).getSeconds()).padStart(2, "0")}`;

/** A stopwatch that is data, not a timer; correcting it by hand is shown as such. */
export const duration = { useParts, takesTime: true };
