import { useEffect, useReducer, useRef, useState } from "../../vendor/hooks.js";

// Most writes are done sooner; drawing "not saved yet" meanwhile would only hold them up.
const SLOW_MS = 50;

/**
 * A visit on the screen: its review, what the last write came to, and the one way to write.
 * `write(change)` gives null, or the error after which "Not saved" stands at the top; what is on the screen then is what is on disk.
 * @param {object} app @param {string} id
 * @returns {{review: object|null, error: Error|null, saved: {at?: string, failed?: Error}|null, write: Function, dirty: () => void, reload: () => Promise<void>}}
 */
export function useVisit(app, id) {
  const [state, setState] = useState({ review: null, error: null });
  const [saved, setSaved] = useState(null);
  const latest = useRef(0);
  const load = async () => {
    const turn = ++latest.current;
    const keep = (next) => turn === latest.current && setState((before) => ({ ...before, ...next }));
    await app.review(id).then((review) => keep({ review, error: null }), (error) => keep({ error }));
  };
  useEffect(() => {
    load();
    const stop = app.on("visits", (event) => (event?.visit ?? id) === id && load());
    return () => {
      latest.current = Infinity;
      stop();
    };
  }, []);
  const write = async (change) => {
    const slow = setTimeout(() => setSaved(false), SLOW_MS);
    try {
      const record = await change(app.store);
      if (record) setState((before) => before.review && { ...before, review: { ...before.review, record } });
      setSaved({ at: record?.saved_at ?? new Date().toISOString() });
      return null;
    } catch (failed) {
      setSaved({ failed });
      return failed;
    } finally {
      clearTimeout(slow);
    }
  };
  const untouched = state.review && { at: state.review.record.saved_at };
  return { ...state, saved: saved === null ? untouched : saved || null, write, dirty: () => setSaved(false), reload: load };
}

/**
 * Holds the visit for this tab while it is on the screen, and tells the app that a draft is open.
 * Another tab may take it over meanwhile: that is seen when somebody comes back to this one. Taking it over reads it anew first.
 */
export function useClaim(app, id, wanted, reload) {
  const [grip, setGrip] = useState(null);
  const [, look] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    if (!wanted) return undefined;
    const claiming = app.store.claim(id);
    app.opened(id);
    claiming.then(setGrip);
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      claiming.then((claimed) => claimed.release());
      app.closed();
    };
  }, [wanted]);
  const takeOver = () => grip.takeOver().then(reload).then(look);
  return { elsewhere: wanted && grip?.held === false, takeOver };
}
