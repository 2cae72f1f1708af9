import { longDate, sameDay, shortReceipt, time } from "../lib/format.js";
import { _, n_ } from "../lib/i18n.js";
import { sayAttention } from "./words.js";

const MIDNIGHT = "00:00";
const ALL_DAY_MS = 8 * 3600 * 1000;
const OUTBOX_ORDER = ["attention", "returned", "sending", "queued", "sent", "purged"];

/**
 * The outbox: what needs a person, then what moves, what rests, what is done (the latest first).
 * @param {object[]} cards
 */
export function outbox(cards) {
  const place = (card) => OUTBOX_ORDER.indexOf(card.state);
  const latest = (card) => card.sent_at ?? card.finished_at ?? "";
  return cards
    .filter(isInOutbox)
    .sort((a, b) => place(a) - place(b) || latest(b).localeCompare(latest(a)));
}

const SAYINGS = {
  attention: (card) => ({ icon: "attention", tone: "warn", bold: _("Needs attention:"), text: sayAttention(card.code), open: true }),
  returned: (card) => ({ icon: "returned", tone: "warn", bold: _("Returned:"), text: sayReasons(card.reasons), open: true }),
  sending: (card, sync) => saySending(card, sync),
  queued: (card) => ({ icon: "phone", text: _("Saved on this phone at {time}.", { time: time(card.finished_at, null) }) }),
  sent: (card) => ({
    icon: "tick",
    tone: "good",
    text: card.receipt
      ? _("Sent at {time}. Receipt {receipt}.", { time: time(card.sent_at, null), receipt: shortReceipt(card.receipt) })
      : _("Sent at {time}.", { time: time(card.sent_at, null) }),
  }),
};
SAYINGS.purged = SAYINGS.sent;

/** Whether a visit belongs to the outbox: finished, whatever became of it. */
export const isInOutbox = (card) => OUTBOX_ORDER.includes(card.state);

/**
 * The one line that is true of a visit in the outbox.
 * @returns {{icon: string, tone?: string, bold?: string, text: string, meter?: {value: number, max: number}, open?: boolean}}
 */
export function sayCard(card, sync) {
  const unsent = card.state === "queued" || card.state === "sending";
  if (unsent && sync.paused === "session.required") {
    return { icon: "lock", tone: "warn", bold: _("Sign in to send."), text: _("Everything stays saved here.") };
  }
  if (unsent && sync.paused === "client.too_old") {
    return { icon: "attention", tone: "warn", bold: _("Update to send."), text: _("Everything stays saved here.") };
  }
  if (unsent && sync.paused === "person.other") {
    return { icon: "lock", tone: "warn", bold: _("Kept locked."), text: _("Somebody else is signed in. It goes when you sign in again.") };
  }
  return SAYINGS[card.state](card, sync);
}

function saySending(card, sync) {
  const { done, total } = sync.sending?.visit === card.visit ? sync.sending : { done: card.photos.stored, total: card.photos.total };
  if (!total) return { icon: "up", tone: "pen", text: _("Sending.") };
  return {
    icon: "up",
    tone: "pen",
    text: n_("Sending {done} of {n} photo.", "Sending {done} of {n} photos.", total, { done }),
    meter: { value: done, max: total },
  };
}

function sayReasons(reasons) {
  if (reasons.length === 1) return reasons[0].text;
  return n_("{n} reason. Open it to see it.", "{n} reasons. Open it to see them.", reasons.length);
}

/**
 * Today's page: drafts, then what is due, then what comes, by day.
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
  const drafts = cards.filter((card) => card.state === "draft").sort((a, b) => (b.saved_at ?? "").localeCompare(a.saved_at ?? ""));
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

/** What waits on this phone, for the line under Today; null when nothing does. */
export function sayUnsent(sync) {
  if (!sync.unsent) return null;
  const signIn = sync.paused === "session.required";
  const here = n_("{n} visit is saved here, not sent yet.", "{n} visits are saved here, not sent yet.", sync.unsent);
  const bold = signIn ? n_("Sign in to send {n} visit.", "Sign in to send {n} visits.", sync.unsent) : here;
  return { icon: signIn ? "lock" : "phone", tone: signIn ? "warn" : "", bold, text: sayWhy(sync), signIn };
}

function sayWhy(sync) {
  if (sync.paused) return _("Everything stays saved here.");
  if (sync.sending) return _("Sending now.");
  if (sync.offline_since) return _("No network since {time}. It goes by itself.", { time: time(sync.offline_since, null) });
  return _("It goes by itself.");
}
