/** A refusal with a stable code; the screen finds the sentence. */
export class StoreError extends Error {
  /** @param {string} code @param {object} [detail] */
  constructor(code, detail = {}) {
    super(code);
    this.name = "StoreError";
    this.code = code;
    this.detail = detail;
  }
}
