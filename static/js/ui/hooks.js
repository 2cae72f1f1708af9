import { useEffect, useLayoutEffect, useReducer, useState } from "../../vendor/hooks.js";

/** Draws again on each of these events of the app, from the moment it is drawn. @param {{on: Function}} app @param {string[]} events */
export function useEvents(app, events) {
  const [, again] = useReducer((n) => n + 1, 0);
  useLayoutEffect(() => {
    const stops = events.map((event) => app.on(event, again));
    return () => stops.forEach((stop) => stop());
  }, [app]);
}

/**
 * What `load` gives, loaded again on each event; the last answer wins. A failure keeps what was there.
 * What is `known` already is drawn at once and not loaded first.
 * @returns {{value: any, error: Error|null}} value is undefined before the first answer
 */
export function useLoaded(app, load, events = ["visits"], about = [], known = undefined) {
  const [state, setState] = useState({ value: known, error: null });
  useEffect(() => {
    let latest = 0;
    const run = async () => {
      const turn = ++latest;
      const keep = (next) => turn === latest && setState((before) => ({ ...before, ...next }));
      await Promise.resolve().then(load).then((value) => keep({ value, error: null }), (error) => keep({ error }));
    };
    if (known === undefined) run();
    const stops = events.map((event) => app.on(event, run));
    return () => {
      latest = -1;
      stops.forEach((stop) => stop());
    };
  }, [app, ...about]);
  return state;
}

/** The photos of a visit that are still being saved. @returns {{question: string|null}[]} */
export function useAdding(store, visit) {
  useEvents(store, ["adding"]);
  return store.addingTo(visit);
}

/** The cards of all visits on this phone, or undefined before they are read. */
export const useCards = (app) =>
  useLoaded(app, () => app.store.listVisits(), ["visits", "sync"], [], app.sync.sending ? undefined : app.store.listed?.cards).value;
