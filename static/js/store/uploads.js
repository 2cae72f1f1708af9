import { ofVisit } from "./schema.js";

/** What is known of one photo of one visit on the server: `waiting`, `stored` or `refused`. `begun`: its bytes may have left. */
export const newUpload = (visit, sha256) => ({ visit, sha256, state: "waiting", code: null, begun: false, attempts: 0, next_at: 0, rounds: 0 });

/** What is wrong with a photo itself, so that it must be taken again or taken out; every other no is the server's, and passes. */
export const OWN_FAULTS = new Set(["photo.kind", "photo.too_large", "photo.damaged", "photo.lost"]);

/** @returns {Promise<object[]>} */
export const uploadsOf = (tx, visit) => tx.objectStore("uploads").getAll(ofVisit(visit));
