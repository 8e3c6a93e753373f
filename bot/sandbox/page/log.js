/** The list of messages: draws what changed, and stays at the bottom unless somebody scrolled up. */
import { bubble } from "./bubble.js";
import { el, icon } from "./dom.js";
import { instant } from "./time.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {{key: string, signature: string, make: () => HTMLElement}} Item */

/** Within this many pixels of the end, a reader counts as being there. */
const NEAR_THE_END = 60;

export class Log {
  /** @type {Map<string, {node: HTMLElement, signature: string}>} */
  #drawn = new Map();
  #following = true;
  #unseen = 0;
  #top = 0;

  /** @param {import("./bubble.js").Hands} hands */
  constructor(hands) {
    this.hands = hands;
    this.list = el("div", { class: "messages" });
    this.scroller = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Messages", tabindex: 0 }, this.list, hello(hands));
    this.badge = el("span", { class: "badge" });
    this.down = el(
      "button",
      { class: "to-end", type: "button", "aria-label": "To the newest message", hidden: true, onclick: () => this.toEnd() },
      icon("down"),
      this.badge,
    );
    this.scroller.addEventListener("scroll", () => this.#look());
    this.scroller.addEventListener("keydown", (event) => this.#walk(event));
    // Photos that load late, a keyboard that docks, a window that shrinks: the end stays in sight through all of them.
    const resized = new ResizeObserver(() => this.#following && this.#jump());
    resized.observe(this.list);
    resized.observe(this.scroller);
  }

  /** @param {Message[]} messages every message of the chat, deleted ones too */
  show(messages) {
    const items = itemsOf(messages, this.hands);
    const keys = new Set(items.map((item) => item.key));
    for (const [key, { node }] of this.#drawn) {
      if (keys.has(key)) continue;
      node.remove();
      this.#drawn.delete(key);
    }
    let next = this.list.firstElementChild;
    for (const item of items) {
      const old = this.#drawn.get(item.key);
      if (old?.signature === item.signature) {
        if (old.node !== next) this.list.insertBefore(old.node, next);
        else next = next.nextElementSibling;
        continue;
      }
      const node = item.make();
      if (old) {
        if (old.node === next) next = next.nextElementSibling;
        swap(old.node, node);
      } else {
        this.list.insertBefore(node, next);
        if (!this.#following && node.matches(".theirs")) this.#unseen += 1;
      }
      this.#drawn.set(item.key, { node, signature: item.signature });
    }
    if (this.#following) this.#jump();
    this.#mark();
  }

  /** Goes to the newest message and stays there. */
  toEnd() {
    this.#following = true;
    this.#jump();
    this.#mark();
  }

  #jump() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    // Only a person moves up. A log that is merely shorter than before, because a keyboard docked, is not left behind.
    if (scrollTop < this.#top) this.#following = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.#following = true;
    this.#top = scrollTop;
    this.#mark();
  }

  /** The arrows go from bubble to bubble, so that each can be answered without a mouse. @param {KeyboardEvent} event */
  #walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const bubbles = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll(".bubble")]);
    const at = bubbles.findIndex((bubble) => bubble.contains(document.activeElement));
    const next = bubbles[at < 0 ? bubbles.length - 1 : at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #mark() {
    if (this.#following) this.#unseen = 0;
    this.down.hidden = this.#following;
    this.badge.textContent = this.#unseen ? String(this.#unseen) : "";
  }
}

/** What an empty chat says. @param {import("./bubble.js").Hands} hands */
function hello(hands) {
  const { description } = hands.bot;
  return el("p", { class: "hello", dir: "auto" }, description || "No messages here yet. START opens the conversation.");
}

/** Keeps the keyboard's focus on the same button when a bubble is drawn anew. @param {HTMLElement} old @param {HTMLElement} node */
function swap(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
  old.replaceWith(node);
  if (focused) /** @type {HTMLElement | null} */ (node.querySelector(`[data-key="${focused}"]`))?.focus({ preventScroll: true });
}

/**
 * Day separators, bubbles and albums in order, each with what would make it look different.
 * @param {Message[]} all
 * @param {import("./bubble.js").Hands} hands
 * @returns {Item[]}
 */
function itemsOf(all, hands) {
  const byId = new Map(all.map((message) => [message.id, message]));
  const visible = all.filter((message) => !message.deleted);
  /** @type {Item[]} */
  const items = [];
  let today = "";
  for (let i = 0; i < visible.length; i++) {
    const first = visible[i];
    const day = hands.times.day(instant(first.date));
    if (day !== today) {
      today = day;
      items.push({ key: `day ${day} ${first.id}`, signature: day, make: () => el("div", { class: "day" }, el("span", {}, day)) });
    }
    const parts = [first];
    while (first.media_group_id && visible[i + 1]?.media_group_id === first.media_group_id) parts.push(visible[++i]);
    const after = visible[i + 1];
    const tail = !after || after.from.id !== first.from.id || hands.times.day(instant(after.date)) !== day;
    const quoted = byId.get(first.reply_to?.id ?? first.reply_to?.message_id ?? first.reply_to);
    items.push({
      key: `message ${first.id}`,
      signature: JSON.stringify([parts, tail, quoted?.text]),
      make: () => bubble(parts, { tail, quoted }, hands),
    });
  }
  return items;
}
