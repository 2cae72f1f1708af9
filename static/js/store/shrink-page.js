const LONG_SIDE = 1920;
const THUMB = 320;

/** The same as the worker, on a canvas of the page: for browsers without one in workers. @param {ArrayBuffer} bytes */
export const shrinkOnPage = async (bytes) => {
  const url = URL.createObjectURL(new Blob([bytes]));
  const image = new Image();
  try {
    image.src = url;
    await image.decode();
    const whole = await draw(image, LONG_SIDE, 0.8);
    return { ...whole, thumbnail: (await draw(image, THUMB, 0.7)).bytes };
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
