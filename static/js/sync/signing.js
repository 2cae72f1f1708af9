import { forgetPerson, lastPerson, oweSignOut, owesSignOut } from "../lib/device.js";

/**
 * Whose store may be opened without asking the server: who was here last and has not signed out.
 * @returns {Promise<string|null>}
 */
export const whoIsIn = async () => {
  const noted = await onDisk(({ keptLast }) => keptLast()).catch(() => undefined);
  if (noted === null && lastPerson()) leave(); // the phone died before localStorage had it, so what is owed is not known either
  return owesSignOut() ? null : noted ?? lastPerson();
};

/** Nobody is in from now on; `endSession` makes it last. */
export const leave = () => {
  oweSignOut(true);
  forgetPerson();
};

/** Notes who is in beside localStorage, which a phone that dies has not written down yet. @param {string|null} person */
export const note = (person) => onDisk(({ keepLast }) => keepLast(person));

/**
 * Ends the session and notes that nobody is in.
 * @param {object} transport @returns {Promise<boolean>} false: it is still owed
 */
export const endSession = async (transport) => {
  const [answer, noted] = await Promise.all([transport.request({ method: "DELETE", path: "/session" }), note(null).then(() => true, () => false)]);
  const ended = noted && answer.answered && (answer.status === 200 || answer.status === 401);
  if (ended) oweSignOut(false);
  return ended;
};

/** Whether anybody is signed in; true where the server does not say, so that the real question is asked. */
export const maybeSignedIn = async () => {
  const response = await fetch("/app/session", { redirect: "error", cache: "no-store" }).catch(() => null);
  return (await response?.json().catch(() => null))?.signed_in !== false;
};

const onDisk = (work) => import("./sending.js").then(work);
