const LONG_SIDE = 1920;
const THUMB = 320;
const SMALLEST = 5000;

/**
 * The same as the worker, on a canvas of the page: for browsers without one in workers.
 * @param {ArrayBuffer} bytes @returns {Promise<object|null>} null where the canvas lost the picture
 */
export const shrinkOnPage = (bytes) => opened(bytes, async (image) => {
  const whole = await draw(image, LONG_SIDE, 0.8);
  const blank = whole.bytes.byteLength < SMALLEST || (await opened(whole.bytes, looksBlank));
  if (blank && !looksBlank(image)) return null;
  return { ...whole, thumbnail: (await draw(image, THUMB, 0.7)).bytes };
});

const opened = async (bytes, use) => {
  const url = URL.createObjectURL(new Blob([bytes]));
  const image = new Image();
  try {
    image.src = url;
    await image.decode();
    return await use(image);
  } finally {
    URL.revokeObjectURL(url);
  }
};

const draw = async (image, side, quality) => {
  const ratio = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
  const [width, height] = [Math.round(image.naturalWidth * ratio), Math.round(image.naturalHeight * ratio)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });
  canvas.width = canvas.height = 0;
  return { bytes: await blob.arrayBuffer(), width, height, type: "image/jpeg" };
};

/** Whether it is of one single colour: what a phone gives that ran out of memory. */
const looksBlank = (image) => {
  const context = Object.assign(document.createElement("canvas"), { width: 16, height: 16 }).getContext("2d");
  context.drawImage(image, 0, 0, 16, 16);
  const pixels = new Uint32Array(context.getImageData(0, 0, 16, 16).data.buffer);
  return pixels.every((pixel) => pixel === pixels[0]);
};
