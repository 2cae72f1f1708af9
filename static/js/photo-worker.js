// Makes one photo at a time small and upright. Classic, so that every browser with workers runs it; answers null when it could not.
const LONG_SIDE = 1920;
const THUMB = 320;
const SMALLEST = 5000;

self.onmessage = async ({ data }) => {
  let made = null;
  try {
    made = await shrink(data);
  } catch {
    made = null; // the page tries another way
  }
  self.postMessage(made, made ? [made.bytes, made.thumbnail] : []);
};

const shrink = async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: "from-image" });
  try {
    const whole = await draw(bitmap, LONG_SIDE, 0.8);
    if (whole.blank && !looksBlank(bitmap)) return null;
    const thumb = await draw(bitmap, THUMB, 0.7);
    return { bytes: whole.bytes, width: whole.width, height: whole.height, type: "image/jpeg", thumbnail: thumb.bytes };
  } finally {
    bitmap.close();
  }
};

const draw = async (bitmap, side, quality) => {
  const ratio = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.round(bitmap.width * ratio), Math.round(bitmap.height * ratio)];
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  if (blob.type !== "image/jpeg") throw new Error("this browser writes no JPEG here");
  const bytes = await blob.arrayBuffer();
  return { bytes, width, height, blank: side === LONG_SIDE && (bytes.byteLength < SMALLEST || (await plain(blob))) };
};

/** Whether what was written decodes to one single colour: what a phone gives that ran out of memory. */
const plain = async (blob) => {
  const written = await createImageBitmap(blob);
  const result = looksBlank(written);
  written.close();
  return result;
};

const looksBlank = (bitmap) => {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0, 16, 16);
  const pixels = new Uint32Array(context.getImageData(0, 0, 16, 16).data.buffer);
  return pixels.every((pixel) => pixel === pixels[0]);
};
