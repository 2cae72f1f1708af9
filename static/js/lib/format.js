import { language } from "./i18n.js";

const EARTH_M = 6371000;
const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
// Plain "en" would be American: "Nov 24".
const locale = () => (language() === "en" ? "en-GB" : language());
const radians = (degrees) => (degrees * Math.PI) / 180;

const formatters = new Map();

const inZone = (at, zone, options) => formatter(locale(), zone, options).format(new Date(at));

// A slow phone makes one in a twentieth of a second, so each is made once.
const formatter = (language, zone, options) => {
  const key = JSON.stringify([language, zone, options]);
  if (!formatters.has(key)) formatters.set(key, newFormatter(language, zone, options));
  return formatters.get(key);
};

const newFormatter = (language, zone, options) => {
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone: zone ?? undefined });
  } catch {
    return new Intl.DateTimeFormat(language, options);
  }
};

/** "11:04". @param {string|number} at @param {string|null} [zone] IANA name; the phone's own without */
export const time = (at, zone) => inZone(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** "Tue 24 Nov" in the order of the language. */
export const shortDate = (at, zone) => inZone(at, zone, { weekday: "short", day: "numeric", month: "short" });

/** "Thursday 26 November" in the order of the language. */
export const longDate = (at, zone) => inZone(at, zone, { weekday: "long", day: "numeric", month: "long" });

/** Whether two times fall on one day of the zone. */
export const sameDay = (a, b, zone) => {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" };
  return inZone(a, zone, day) === inZone(b, zone, day);
};

/** "1:24", or "1:02:05" from an hour on. @param {number} ms */
export const stopwatch = (ms) => {
  const seconds = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** "48 MB", "6.1 GB", decimal units. @param {number} bytes */
export const fileSize = (bytes) => {
  const steps = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const step = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const shown = bytes / 1000 ** step;
  const options = { style: "unit", unit: steps[step], unitDisplay: "short", maximumFractionDigits: shown < 10 && step ? 1 : 0 };
  return new Intl.NumberFormat(locale(), options).format(shown);
};

/** "84.6" as the language writes it. @param {string|number} number */
export const decimal = (number) => new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Number(number));

/** A decimal text with all its digits and the language's own sign: "12,50" in Hungarian. @param {string} text */
export const decimalText = (text) => text.replace(".", new Intl.NumberFormat(locale()).format(1.5).slice(1, -1));

/** "7F3A 19C2": the first eight of a receipt's id. */
export const shortReceipt = (id) => `${id.slice(0, 4)} ${id.slice(4, 8)}`.toUpperCase();

/**
 * How far and which way, along the great circle.
 * @param {{lat: number, lon: number}} from
 * @param {{lat: number, lon: number}} to
 * @returns {{metres: number, direction: string}}
 */
export const distance = (from, to) => {
  const [a, b, turn] = [radians(from.lat), radians(to.lat), radians(to.lon - from.lon)];
  const chord = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
  const bearing = Math.atan2(Math.sin(turn) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
  const sector = Math.round(bearing / (Math.PI / 4) + 8) % 8;
  return { metres: Math.round(2 * EARTH_M * Math.asin(Math.sqrt(chord))), direction: DIRECTIONS[sector] };
};
