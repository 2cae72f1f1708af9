/** SHA-256 in lower-case hexadecimal. @param {ArrayBuffer|Uint8Array} bytes */
export const sha256 = async (bytes) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Standard padded base64. @param {ArrayBuffer|Uint8Array} bytes */
export const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/** The bytes of base64, or null when it is spelt in any other way. @param {string} text */
export const fromBase64 = (text) => {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return base64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
};

/** The value of a `Content-Digest` header (RFC 9530). @param {ArrayBuffer|Uint8Array} bytes */
export const contentDigest = async (bytes) => `sha-256=:${base64(await crypto.subtle.digest("SHA-256", bytes))}:`;
