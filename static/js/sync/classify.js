const RETRY = new Set([408, 425, 429]);

/**
 * What an answer asks the phone to do (protocol, section 8).
 * @param {{answered: boolean, status: number, body: object|null}} answer @param {{photo?: boolean}} [request]
 * @returns {{kind: "ok"|"retry"|"sign_in"|"upgrade"|"heal"|"retake"|"conflict"|"stop", code: string}}
 */
export const classify = ({ answered, status, body }, { photo = false } = {}) => {
  const code = body?.code ?? "answer.stop";
  if (!answered) return { kind: "retry", code: "network" };
  if (status === 200 || status === 201 || status === 304) return { kind: "ok", code: "" };
  if (status < 400 || status >= 500 || RETRY.has(status)) return { kind: "retry", code };
  return { kind: refusal(status, code, photo), code };
};

const refusal = (status, code, photo) => {
  if (status === 401) return "sign_in";
  if (status === 426) return "upgrade";
  if (code === "photos.missing" || code === "digest.mismatch") return "heal";
  if (photo && (status === 413 || status === 415)) return "retake";
  return code === "revision.differs" ? "conflict" : "stop";
};
