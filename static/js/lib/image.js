const MB_20 = 20_000_000;

const startsWith = (bytes, text, at = 0) => [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

/**
 * What a picture is, by its own first bytes.
 * @param {ArrayBuffer} buffer
 * @returns {{type: string, width: number, height: number}|null} null for anything the server would refuse
 */
export const look = (buffer) => {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (bytes.length < 32) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(view);
  if (startsWith(bytes, "PNG\r\n", 1)) return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  if (startsWith(bytes, "WEBP", 8)) return webp(bytes, view);
  if (startsWith(bytes, "ftyp", 4) && /^(hei[cx]|mif1|hev[cx]|heim|heis)$/.test(text(bytes, 8, 4))) return heic(bytes, view);
  return null;
};

/** Whether the server would take so many bytes. */
export const fits = (size) => size > 0 && size <= MB_20;

const text = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));

const jpeg = (view) => {
  for (let at = 2; at + 9 < view.byteLength;) {
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (view.getUint8(at) !== 0xff) return null;
    if (frame) return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
};

const webp = (bytes, view) => {
  const kind = text(bytes, 12, 4);
  const u24 = (at) => view.getUint16(at, true) + (bytes[at + 2] << 16);
  const packed = view.getUint32(21, true);
  const sizes = {
    "VP8X": () => [u24(24) + 1, u24(27) + 1],
    "VP8L": () => [(packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1],
    "VP8 ": () => [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff],
  };
  if (!sizes[kind]) return null;
  const [width, height] = sizes[kind]();
  return { type: "image/webp", width, height };
};

// The largest `ispe` box is the picture itself; smaller ones are its tiles and thumbnail.
const heic = (bytes, view) => {
  let [width, height] = [0, 0];
  for (let at = 4; at < Math.min(bytes.length - 16, 65536); at += 1) {
    if (!startsWith(bytes, "ispe", at)) continue;
    const [w, h] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (w * h > width * height) [width, height] = [w, h];
  }
  return width ? { type: "image/heic", width, height } : null;
};
