/** One bubble: a message, or an album that stands as one. */
import { el, icon } from "./dom.js";
import { inlineKeyboard } from "./keyboard.js";
import { media } from "./media.js";
import { formatted } from "./text.js";
import { instant } from "./time.js";

/** @typedef {import("./api.js").Message} Message */
/**
 * @typedef {object} Hands What a bubble can cause on its phone.
 * @property {number} me
 * @property {{name: string, username: string, description: string}} bot
 * @property {ReturnType<import("./time.js").timesIn>} times
 * @property {(message: Message, place: [number, number], button: HTMLElement) => void} tap
 * @property {(text: string) => void} command
 * @property {(parameter: string) => void} start
 * @property {(message: Message) => void} options asks what to do with it
 */

/**
 * @param {Message[]} messages one, or the parts of an album
 * @param {{tail: boolean, quoted: Message | undefined}} place last of its run? what does it reply to?
 * @param {Hands} hands
 * @returns {HTMLElement}
 */
export function bubble(messages, { tail, quoted }, hands) {
  const message = messages.find((part) => part.caption) ?? messages[0];
  const mine = message.from.id === hands.me;
  const body = message.text ?? message.caption ?? "";
  const picture = media(messages);
  const keys = messages.find((part) => part.inline_keyboard?.length);
  const classes = ["row", mine ? "mine" : "theirs", tail && "tail", picture && !body && "bare", jumbo(message) && "jumbo"];

  const box = el(
    "div",
    { class: "bubble", tabindex: -1, oncontextmenu: choose, onkeydown: pressed },
    quoted && quote(quoted),
    picture,
    el("div", { class: "text", dir: "auto" }, ...formatted(body, message.entities ?? [], hands), meta(messages, mine, hands)),
    reactions(message),
  );
  /** @param {Event} event */
  function choose(event) {
    event.preventDefault();
    hands.options(message);
  }
  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key === "Enter" && event.target === box) choose(event);
  }

  return el(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      "data-message-id": message.id,
      "aria-label": `${mine ? "You" : message.from.first_name}, ${hands.times.time(instant(message.date))}`,
    },
    box,
    keys && inlineKeyboard(keys.inline_keyboard ?? [], (place, button) => hands.tap(keys, place, button), hands),
  );
}

/** Time, whether it was edited, and the two ticks. @param {Message[]} messages @param {boolean} mine @param {Hands} hands */
function meta(messages, mine, hands) {
  const edited = messages.some((part) => part.edited);
  return el(
    "span",
    { class: "meta" },
    edited && "edited ",
    el("time", {}, hands.times.time(instant(messages[0].date))),
    mine && icon("ticks"),
  );
}

/** @param {Message} quoted */
function quote(quoted) {
  return el(
    "div",
    { class: "quote" },
    el("strong", {}, quoted.from.first_name),
    el("span", { dir: "auto" }, gist(quoted)),
  );
}

/**
 * A message in a line, for a quote or a banner.
 * @param {Message} message
 */
export function gist(message) {
  const words = message.text ?? message.caption;
  if (words) return words;
  if (message.photo) return "🖼 Photo";
  if (message.voice) return "🎤 Voice message";
  if (message.document) return `📎 ${message.document.file_name ?? "Document"}`;
  return message.video || message.video_note || message.animation ? "🎬 Video" : "Message";
}

/** @param {Message} message */
function reactions(message) {
  const counts = new Map();
  for (const reaction of message.reactions ?? []) {
    const emoji = typeof reaction === "string" ? reaction : (reaction.emoji ?? reaction.type?.emoji);
    if (emoji) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  if (!counts.size) return null;
  const chips = Array.from(counts, ([emoji, n]) => el("span", { class: "reaction" }, n > 1 ? `${emoji} ${n}` : emoji));
  return el("div", { class: "reactions", "aria-label": "Reactions" }, ...chips);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Up to three emoji and nothing else stand large, without a bubble. @param {Message} message */
function jumbo(message) {
  const text = message.text;
  if (!text || text.length > 40) return false;
  const parts = Array.from(graphemes.segment(text), (part) => part.segment);
  return parts.length <= 3 && parts.every((part) => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(part));
}
