import { fileSize, shortReceipt, time } from "../lib/format.js";
import { _, n_ } from "../lib/i18n.js";
import { sayPause } from "./today-cards.js";
import { sayAttention } from "./words.js";

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
  attention: (card) => ({ icon: "attention", tone: "warn", bold: _("Needs attention:"), text: sayAttention(card.code, card.photo), open: true }),
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
    return { icon: "attention", tone: "warn", bold: _("Update to send."), text: sayPause(sync.paused) };
  }
  if (unsent && sync.paused === "person.other") {
    return { icon: "lock", tone: "warn", bold: _("Kept locked."), text: sayPause(sync.paused) };
  }
  if (unsent && sync.paused === "account.refused") {
    return { icon: "lock", tone: "warn", bold: _("Your account cannot send now."), text: _("Everything stays saved here. Ask your manager.") };
  }
  return SAYINGS[card.state](card, sync);
}

function saySending(card, sync) {
  const counted = { done: card.photos.stored, total: card.photos.total, bytes: card.photos.bytes };
  const { done, total, bytes } = sync.sending?.visit === card.visit ? sync.sending : counted;
  if (!total) return { icon: "up", tone: "pen", text: _("Sending.") };
  const photos = n_("Sending {done} of {n} photo.", "Sending {done} of {n} photos.", total, { done });
  const size = bytes?.total ? ` ${_("{done} of {all}.", { done: fileSize(bytes.done), all: fileSize(bytes.total) })}` : "";
  return { icon: "up", tone: "pen", text: photos + size, meter: bytes?.total ? { value: bytes.done, max: bytes.total } : { value: done, max: total } };
}

function sayReasons(reasons) {
  if (reasons.length === 1) return reasons[0].text;
  return n_("{n} reason. Open it to see it.", "{n} reasons. Open it to see them.", reasons.length);
}
