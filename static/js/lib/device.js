import { uuid } from "./ids.js";

const DEVICE = "fieldscore.device";
const LAST = "fieldscore.last-person";
const OWED = "fieldscore.sign-out";
const PEOPLE = "fieldscore.people";

/** This phone's id, made once. @returns {string} */
export const deviceId = () => {
  if (!localStorage.getItem(DEVICE)) localStorage.setItem(DEVICE, uuid());
  return localStorage.getItem(DEVICE);
};

/** The build the shell was served with, as `X-App-Build` has it. */
export const build = () => document.querySelector('meta[name="app-build"]')?.content ?? "0-none";

/** Ids of everyone who has signed in on this phone. @returns {string[]} */
export const people = () => JSON.parse(localStorage.getItem(PEOPLE) ?? "[]");

/** Who signed in last and has not signed out; only the id is kept outside their own store. @returns {string|null} */
export const lastPerson = () => localStorage.getItem(LAST);

/** @param {string} id */
export const rememberPerson = (id) => {
  if (lastPerson() === id) return;
  localStorage.setItem(LAST, id);
  localStorage.setItem(PEOPLE, JSON.stringify([...new Set([...people(), id])]));
};

/** The app starts at "sign in" from now on. */
export const forgetPerson = () => localStorage.removeItem(LAST);

/**
 * Whether a sign-out could not reach the server yet: its session must end before anyone is let in.
 * @returns {boolean}
 */
export const owesSignOut = () => localStorage.getItem(OWED) !== null;

/** @param {boolean} owed */
export const oweSignOut = (owed) => (owed ? localStorage.setItem(OWED, "1") : localStorage.removeItem(OWED));
