import { fromBase64 } from "../lib/digest.js";
import { canonical, utf8 } from "../lib/json.js";

/**
 * Whether a receipt is the server's word about exactly these bytes.
 * @param {object} receipt
 * @param {{visit: string, revision: number, sha256: string, photos: string[]}} ours
 * @param {object[]} keys
 * @returns {Promise<{code: string|null, signature: "valid"|"unchecked"}>} `code` null when it is
 */
export const checkReceipt = async (receipt, ours, keys) => {
  if (!names(receipt, ours)) return { code: "receipt.mismatch", signature: "unchecked" };
  const signature = await verify(receipt, keys);
  return signature === "wrong" ? { code: "receipt.signature", signature: "unchecked" } : { code: null, signature };
};

const names = (receipt, ours) => typeof receipt?.receipt === "string"
  && receipt.visit === ours.visit && receipt.revision === ours.revision && receipt.sha256 === ours.sha256
  && Array.isArray(receipt.photos) && canonical([...receipt.photos]) === canonical([...new Set(ours.photos)].sort());

/**
 * @returns {Promise<"valid"|"wrong"|"unchecked">} unchecked where this browser has no Ed25519 or the key is not here
 */
export const verify = async (receipt, keys) => {
  const { signature, ...signed } = receipt;
  const key = keys.find((each) => each.key === receipt.key && each.algorithm === "ed25519");
  const [raw, mark] = [key && fromBase64(key.public), typeof signature === "string" ? fromBase64(signature) : null];
  if (!mark) return "wrong";
  if (!raw) return "unchecked";
  let publicKey;
  try {
    publicKey = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  } catch {
    return "unchecked";
  }
  return (await crypto.subtle.verify("Ed25519", publicKey, mark, utf8(canonical(signed)))) ? "valid" : "wrong";
};
