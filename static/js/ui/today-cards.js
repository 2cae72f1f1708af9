import { decimal, longDate, sameDay, time } from "../lib/format.js";
import { _, n_ } from "../lib/i18n.js";

const MIDNIGHT = "00:00";
const WHOLE_KM = 9.95;
const ALL_DAY_MS = 8 * 3600 * 1000;

/**
 * Today's page: drafts (those that are no longer planned last), then what is due, then what comes, by day.
 * @param {object[]} cards @param {number} now @returns {{drafts: object[], due: object[], coming: Array<{day: string, cards: object[]}>}}
 */
export function today(cards, now) {
  const planned = cards.filter((card) => card.state === "planned").sort((a, b) => startOf(a).localeCompare(startOf(b)));
  const isDue = (card) => !card.from || Date.parse(card.from) <= now || sameDay(card.from, now, card.site.time_zone);
  const coming = [];
  for (const card of planned.filter((each) => !isDue(each))) {
    const day = longDate(card.from, card.site.time_zone);
    if (coming.at(-1)?.day !== day) coming.push({ day, cards: [] });
    coming.at(-1).cards.push(card);
  }
  const drafts = cards.filter((card) => card.state === "draft")
    .sort((a, b) => a.cancelled - b.cancelled || (b.saved_at ?? "").localeCompare(a.saved_at ?? ""));
  return { drafts, due: planned.filter(isDue), coming };
}

const startOf = (card) => card.from ?? "";

/** When to go, in the shop's time: "Between 12:00 and 15:00". @param {object} card @param {number} now */
export function sayWindow({ from, until, site: { time_zone: zone } }, now) {
  if (!until) return from ? _("From {day}, {time}", { day: longDate(from, zone), time: time(from, zone) }) : _("Any time");
  const { last, end } = endOf(until, zone);
  if (Date.parse(until) < now) return _("Was planned until {end}", { end });
  if (!from || !sameDay(from, last, zone)) return _("Until {end}", { end });
  const hours = { from: time(from, zone), until: time(until, zone) };
  if (hours.from === MIDNIGHT && hours.until === MIDNIGHT) return _("Any time");
  const long = Date.parse(until) - Date.parse(from) >= ALL_DAY_MS;
  return long ? _("Any time, {from} to {until}", hours) : _("Between {from} and {until}", hours);
}

/** Midnight ends the day before it: "Tuesday 24 November"; any other end has its time. */
function endOf(until, zone) {
  const day = (at) => longDate(at, zone);
  if (time(until, zone) !== MIDNIGHT) return { last: until, end: _("{day}, {time}", { day: day(until), time: time(until, zone) }) };
  const last = Date.parse(until) - 1;
  return { last, end: day(last) };
}

/** Visits that do not go by themselves, with or without network. @param {object[]} cards */
export const stuck = (cards) => cards.filter((card) => card.state === "attention");

const SIGN_IN = { icon: "lock", tone: "warn", signIn: true };

/**
 * What waits on this phone and goes as soon as it can, or else that nothing comes without signing in; null when neither is so.
 * @param {object} sync @param {object[]} [cards] those that are stuck are left out
 */
export function sayUnsent(sync, cards = []) {
  const n = sync.unsent - stuck(cards).length;
  const signIn = sync.paused === "session.required";
  if (n <= 0) return signIn ? { ...SIGN_IN, bold: _("Sign in to get new visits."), text: sayWhy(sync) } : null;
  const here = n_("{n} visit is saved here, not sent yet.", "{n} visits are saved here, not sent yet.", n);
  const bold = signIn ? n_("Sign in to send {n} visit.", "Sign in to send {n} visits.", n) : here;
  return { ...(signIn ? SIGN_IN : { icon: "phone" }), bold, text: sayWhy(sync) };
}

function sayWhy(sync) {
  if (sync.paused) return sayPause(sync.paused);
  if (sync.sending) return _("Sending now.");
  if (sync.offline_since) return _("No network since {time}. It goes by itself.", { time: time(sync.offline_since, null) });
  return _("It goes by itself.");
}

const PAUSES = {
  "account.refused": () => _("Your account cannot send now. Everything stays saved here. Ask your manager."),
  "client.too_old": () => _("Load the page again, then tap Update now."),
  "person.other": () => _("Somebody else is signed in. It goes when you sign in again."),
};

/** What to do while nothing can be sent. @param {string} code */
export const sayPause = (code) => PAUSES[code]?.() ?? _("Everything stays saved here.");

const DIRECTIONS = {
  n: () => _("north"), ne: () => _("north-east"), e: () => _("east"), se: () => _("south-east"),
  s: () => _("south"), sw: () => _("south-west"), w: () => _("west"), nw: () => _("north-west"),
};

/** "2.4 km north-east.", from ten on "12 km north-east." @param {{metres: number, direction: string}} way */
export function sayDistance({ metres, direction }) {
  const where = DIRECTIONS[direction]();
  if (metres < 1000) return _("{metres} m {where}.", { metres: Math.round(metres / 50) * 50, where });
  const kilometres = metres / 1000;
  return _("{kilometres} km {where}.", { kilometres: kilometres < WHOLE_KM ? decimal(kilometres) : Math.round(kilometres), where });
}
