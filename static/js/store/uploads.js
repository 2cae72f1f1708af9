import { ofVisit } from "./schema.js";

/** What is known of one photo of one visit on the server: `waiting`, `stored` or `refused`. `begun`: its bytes may have left. */
export const newUpload = (visit, sha256) => ({ visit, sha256, state: "waiting", code: null, begun: false, attempts: 0, next_at: 0, rounds: 0 });

/** @returns {Promise<object[]>} */
export const uploadsOf = (tx, visit) => tx.objectStore("uploads").getAll(ofVisit(visit));
