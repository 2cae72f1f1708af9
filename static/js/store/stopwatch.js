import { elapsed, moment } from "../lib/clock.js";
import { StoreError } from "../lib/errors.js";
import { answer } from "./answers.js";

/** Starts it, or leaves the running one alone. It is data, not a timer: it runs through a reload. */
export const start = (visit, question) => {
  visit.stopwatches[question] ??= moment();
};

/** Stops it and answers the question with the time. */
export const stop = (visit, question) => {
  const from = visit.stopwatches[question];
  if (!from) throw new StoreError("stopwatch.stopped");
  delete visit.stopwatches[question];
  setMeasured(visit, question, { ...elapsed(from), started_at: from.at });
};

/** Forgets a running one. */
export const cancel = (visit, question) => {
  delete visit.stopwatches[question];
};

/** A duration from two marks, or, without `started_at`, one that was entered by hand. */
export const setDuration = (visit, question, ms, { started_at = null } = {}) => {
  if (started_at) return setMeasured(visit, question, { ms, mono_ms: null, clock_flag: false, started_at });
  answer(visit, question, { value: Math.round(ms) });
  visit.answers[question].by_hand = true;
};

const setMeasured = (visit, question, measured) => {
  answer(visit, question, { value: measured.ms });
  visit.timings.push({ question, ...measured });
};
