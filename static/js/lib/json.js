/** UTF-8 bytes of a text. @returns {ArrayBuffer} */
export const utf8 = (text) => new TextEncoder().encode(text).buffer;

/** Text of UTF-8 bytes. */
export const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** JSON with sorted keys and no spaces: what a receipt's signature covers. Keys are ASCII, numbers whole. */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
};

/** Text that the protocol takes: no control character but tab and newline, no lone surrogate, NFC. */
export const cleanText = (text) => {
  const whole = new TextDecoder().decode(new TextEncoder().encode(text)); // a lone surrogate becomes U+FFFD
  return whole.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").normalize("NFC");
};
