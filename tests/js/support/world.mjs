import { makePhone } from "./phone.mjs";
import { Server } from "./server.mjs";

/** A server and a phone that knows it. */
export const world = async (options) => {
  const server = new Server();
  return { server, phone: await makePhone(server, options) };
};
export const isRevision = ({ method, path }) => method === "PUT" && /revisions\/\d+$/.test(path);
export const isPhoto = ({ method, path }) => method === "PUT" && path.includes("/photos/");

/** Faults of a kind for the first `times` requests that match. */
export const failing = (matches, fault, times = 1) => {
  let left = times;
  return (request) => (matches(request) && left > 0 ? (left -= 1, fault) : null);
};
