import { useEffect, useMemo, useState } from "../../vendor/hooks.js";

const ROUTES = [
  ["today", /^$/],
  ["outbox", /^outbox$/],
  ["unplanned", /^unplanned$/],
  ["visit", /^visit\/([^/]+)$/],
  ["question", /^visit\/([^/]+)\/question\/([^/]+)$/],
  ["review", /^visit\/([^/]+)\/review$/],
  ["caught", /^visit\/([^/]+)\/caught$/],
  ["list", /^lists\/([^/]+)$/],
];

/** Addresses of the app's screens. */
export const to = {
  today: "#/",
  outbox: "#/outbox",
  unplanned: "#/unplanned",
  visit: (visit) => `#/visit/${visit}`,
  question: (visit, question) => `#/visit/${visit}/question/${question}`,
  review: (visit) => `#/visit/${visit}/review`,
  caught: (visit) => `#/visit/${visit}/caught`,
  list: (visit) => `#/lists/${visit}`,
};

/**
 * The screen an address means; an unknown one is today's.
 * @param {string} hash @returns {{name: string, visit: string|undefined, question: string|undefined}}
 */
export function parse(hash) {
  const path = hash.replace(/^#?\/?/, "");
  for (const [name, pattern] of ROUTES) {
    const found = pattern.exec(path);
    if (found) return { name, visit: found[1], question: found[2] };
  }
  return { name: "today", visit: undefined, question: undefined };
}

/** Goes to an address; with `replace` the way back leaves the present one out. */
export function go(address, { replace = false } = {}) {
  if (replace) location.replace(address);
  else location.hash = address;
}

/** The screen to draw, now and whenever the address changes; also where it changed before anybody listened. */
export function useRoute() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return useMemo(() => parse(hash), [hash]);
}
