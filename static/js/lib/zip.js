const TABLE = Uint32Array.from({ length: 256 }, (_none, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const FIRST_DAY = 0x0021; // 1 January 1980: the file says its times itself
const LARGEST = 0xffffffff;

/** CRC-32 as ZIP counts it. @param {Uint8Array} bytes */
export const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

/**
 * A ZIP file without compression, one entry after the other. What was added is a Blob from then on, which browsers keep
 * outside of memory: only one entry is held at a time.
 */
export class Zip {
  #parts = [];
  #directory = [];
  #size = 0;

  /** @param {string} name @param {ArrayBuffer} content */
  add(name, content) {
    const [path, bytes] = [new TextEncoder().encode(name), new Uint8Array(content)];
    const facts = { crc: crc32(bytes), size: bytes.length, name: path.length };
    this.#directory.push(entry(facts, this.#size), path);
    this.#put(local(facts), path, bytes);
  }

  /** @returns {Blob} the whole file */
  finish() {
    const start = this.#size;
    const count = this.#directory.length / 2;
    this.#put(...this.#directory);
    this.#put(end(count, this.#size - start, start));
    return new Blob(this.#parts, { type: "application/zip" });
  }

  #put(...pieces) {
    const part = new Blob(pieces);
    this.#size += part.size;
    if (this.#size > LARGEST) throw new RangeError("a ZIP file has at most four gigabytes");
    this.#parts.push(part);
  }
}

/** Little-endian numbers, each with its width in bytes. @param {[number, number][]} numbers */
const record = (numbers) => {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [width]) => sum + width, 0)));
  numbers.reduce((at, [width, value]) => {
    if (width === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    return at + width;
  }, 0);
  return view;
};

const facing = ({ crc, size, name }) => [[2, UTF8_NAMES], [2, 0], [2, 0], [2, FIRST_DAY], [4, crc], [4, size], [4, size], [2, name], [2, 0]];
const local = (facts) => record([[4, 0x04034b50], [2, VERSION], ...facing(facts)]);
const entry = (facts, at) => record([[4, 0x02014b50], [2, VERSION], [2, VERSION], ...facing(facts), [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]);
const end = (count, size, at) => record([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]]);
