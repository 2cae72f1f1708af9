import { iso, now } from "./clock.js";

const FRESH_MS = 120_000;
const GOOD_M = 25;
const REASONS = { 1: "denied", 2: "unavailable", 3: "timeout" };
const NONE = { reason: "unavailable" };
let best = NONE;

/**
 * Watches where the phone is and keeps the most exact fix. Nothing ever waits for it.
 * @param {(fix: {lat: number, lon: number, accuracy_m: number, at: string}|{reason: string}) => void} onFix called at
 *   most once: with a good fix, or with the best one when the budget ends or the watch is stopped
 * @param {{budget?: number}} [options] milliseconds
 * @returns {() => void} stops it
 */
export const watchPlace = (onFix, { budget = 20_000 } = {}) => {
  best = currentFix().lat === undefined ? NONE : best;
  if (!globalThis.navigator?.geolocation) return () => {};
  const tell = once(() => onFix(best));
  const seen = (position) => {
    keep(position);
    if (best.accuracy_m <= GOOD_M) tell();
  };
  const options = { enableHighAccuracy: true, maximumAge: 10_000, timeout: budget };
  const watch = navigator.geolocation.watchPosition(seen, (error) => refuse(REASONS[error.code]), options);
  // Some installed apps on iOS never call back at all, so the budget is ours.
  const timer = setTimeout(() => { refuse("timeout"); tell(); }, budget);
  return () => {
    clearTimeout(timer);
    navigator.geolocation.clearWatch(watch);
    if (best.lat !== undefined) tell();
  };
};

/** The best fix of the last two minutes, or why there is none. */
export const currentFix = () => (best.wall && now() - best.wall > FRESH_MS ? { reason: "old" } : best);

/** A fix as the protocol has it, or null. */
export const asLocation = (fix) => (fix?.lat === undefined ? null : { lat: fix.lat, lon: fix.lon, accuracy_m: fix.accuracy_m });

const keep = ({ coords: { latitude: lat, longitude: lon, accuracy }, timestamp }) => {
  const wall = Math.min(timestamp, now());
  const fix = { lat, lon, accuracy_m: Math.round(accuracy * 10) / 10, at: iso(wall), wall };
  const stale = best.wall === undefined || now() - best.wall > FRESH_MS;
  if (stale || fix.accuracy_m <= best.accuracy_m) best = fix;
};

const refuse = (reason) => {
  if (best.lat === undefined) best = { reason };
};

const once = (fn) => {
  let done = false;
  return () => {
    if (!done) fn();
    done = true;
  };
};
