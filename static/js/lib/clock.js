import { uuid } from "./ids.js";

const APART_MS = 2000;

/** No wait is longer, whoever asks for it. */
export const FARTHEST_MS = 3_600_000;

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

/**
 * Whether so long has gone by since then. A clock that was set back meanwhile says nothing: then it has.
 * @param {number} then @param {number} ms @param {number} [at]
 */
export const hasPassed = (then, ms, at = now()) => at < then - APART_MS || at - then >= ms;

/**
 * Whether a time that was set for later has come. Nothing is ever set farther ahead than an hour: beyond that the clock
 * was set back.
 * @param {number} due @param {number} [at]
 */
export const hasCome = (due, at = now()) => due <= at || due - at > FARTHEST_MS;

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
