import { uuid } from "./ids.js";

const APART_MS = 2000;

/** This page load: monotonic readings compare only within one. */
export const session = uuid();

/** Wall clock in milliseconds. */
export const now = () => Date.now();

/** Milliseconds of a clock that nobody sets, but that may sleep. */
export const mono = () => performance.now();

/** UTC with `Z`. @param {number} [ms] */
export const iso = (ms = now()) => new Date(ms).toISOString();

/** Minutes that local time is ahead of UTC. @param {number} [ms] */
export const offsetMinutes = (ms = now()) => -new Date(ms).getTimezoneOffset();

/** A moment that can be measured from, even after a reload. */
export const moment = () => {
  const wall = now();
  return { at: iso(wall), wall, mono: mono(), session };
};

/**
 * Time since a moment: the wall clock's, with the monotonic one beside it where both belong to one page load.
 * `clock_flag` says they differ by more than two seconds: the phone slept or somebody set its clock.
 * @returns {{ms: number, mono_ms: number|null, clock_flag: boolean}}
 */
export const elapsed = (from, to = moment()) => {
  const ms = Math.max(0, Math.round(to.wall - from.wall));
  const mono_ms = from.session === to.session ? Math.max(0, Math.round(to.mono - from.mono)) : null;
  return { ms, mono_ms, clock_flag: mono_ms !== null && Math.abs(ms - mono_ms) > APART_MS };
};
