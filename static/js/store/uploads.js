import { ofVisit } from "./schema.js";

/** What is known of one photo of one visit on the server: `waiting`, `stored` or `refused`. `begun`: its bytes may have left. */
export const newUpload = (visit, sha256) => ({ visit, sha256, state: "waiting", code: null, begun: false, attempts: 0, next_at: 0, rounds: 0 });

/** What is wrong with a photo itself; every other no is the server's trouble, and passes. */
const OWN_FAULTS = new Set(["photo.kind", "photo.too_large", "photo.damaged", "photo.lost"]);

export const isOwnFault = (code) => OWN_FAULTS.has(code);

/** Whether the photo must be taken again, or taken out. */
export const isCondemned = (upload) => upload?.state === "refused" && isOwnFault(upload.code);

/** The same picture taken again is new, unless the server has it. */
export const beginAnew = async (tx, visit, sha256) => {
  const uploads = tx.objectStore("uploads");
  const known = await uploads.get([visit, sha256]);
  if (known && known.state !== "stored") await uploads.put(newUpload(visit, sha256));
};

/** @returns {Promise<object[]>} */
export const uploadsOf = (tx, visit) => tx.objectStore("uploads").getAll(ofVisit(visit));
