/** One person's phone, with their chat with the bot open. */
import { Refused, api } from "./api.js";
import { Composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { coalesced } from "./events.js";
import { base64, kindOf, silence } from "./files.js";
import { hold, isHeld, release } from "./keyboard.js";
import { Log } from "./log.js";
import { Notices } from "./notices.js";
import { offer } from "./options.js";

/** @typedef {import("./api.js").User} User */
/** @typedef {import("./api.js").Chat} Chat */
/** @typedef {import("./api.js").Message} Message */

/** A phone used within this many milliseconds is in somebody's hand, and does not ring, as an open chat does not. */
const IN_HAND = 4000;
/** A bot that does not answer a tap: after this many milliseconds the button comes up again. */
const PATIENCE = 20000;

export class Phone {
  /** @type {Chat | null} */
  #chat = null;
  #used = -Infinity;

  /**
   * @param {User} user
   * @param {{bot: {name: string, username: string, description: string}, times: ReturnType<import("./time.js").timesIn>}} house
   */
  constructor(user, { bot, times }) {
    this.user = user;
    this.bot = bot;
    this.log = new Log({
      me: user.id,
      bot,
      times,
      tap: (message, place, button) => this.#tap(message, place, button),
      command: (text) => this.#act("text", { text }),
      start: (parameter) => this.#act("start", { parameter }),
      options: (message) => this.#options(message),
    });
    this.composer = new Composer(
      {
        text: (text, replyTo) => this.#act("text", { text, reply_to: replyTo }),
        edit: (message, text) => this.#act("edit", { message_id: message, text }),
        key: (label) => this.#act("tap", { button: label }),
        attach: async (file) => this.#act("media", { kind: kindOf(file), file_name: file.name, base64: await base64(file) }),
        voice: async () => this.#act("media", { kind: "voice", duration: 1, base64: await base64(silence()) }),
        start: () => this.#act("start", user.start_parameter ? { parameter: user.start_parameter } : {}),
        unblock: () => this.#act("unblock"),
      },
      user.first_name,
    );
    this.time = el("span", { class: "status-time" });
    this.subtitle = el("span", { class: "subtitle" }, "bot");
    this.sheet = el("div", { class: "sheet", hidden: true });
    this.device = el("div", { class: "device" });
    this.notices = new Notices(this.device, avatar);
    this.device.append(
      el(
        "div",
        { class: "screen" },
        el("div", { class: "status-bar", "aria-hidden": "true" }, this.time, el("span", { class: "island" }), el("span", { class: "battery" })),
        el("header", { class: "chat-header" }, avatar(), el("span", { class: "chat-title" }, el("strong", {}, bot.name), this.subtitle)),
        el("div", { class: "wall" }, this.log.scroller, this.log.down, this.notices.toast),
        this.composer.node,
        this.sheet,
        ...this.notices.nodes,
      ),
    );
    this.heading = el("h2", { id: `phone-${user.id}` });
    this.node = el("section", { class: "phone", "data-user": user.id, "aria-labelledby": this.heading.id }, this.heading, this.device);
    this.update(user);
    /** Reads the chat again and draws what changed. */
    this.refresh = coalesced(() => this.#refresh());
  }

  /** The time in the status bar. @param {string} time */
  tick(time) {
    if (this.time.textContent !== time) this.time.textContent = time;
  }

  /** Somebody has another name, or has blocked the bot. @param {User} user */
  update(user) {
    this.user = user;
    const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
    fill(this.heading, user.title || name, user.title ? el("small", {}, name) : null);
    if (this.#chat) this.composer.show(this.#chat, Boolean(user.blocked));
  }

  async #refresh() {
    const before = this.#chat;
    const chat = await api.chat(this.user.id);
    this.#chat = chat;
    this.log.show(chat.messages);
    this.composer.show(chat, Boolean(this.user.blocked));
    this.#typing(chat.typing);
    if (before) this.#notice(before, chat);
  }

  /** What is new deserves a sound on a real phone, and a movement on this one. @param {Chat} before @param {Chat} chat */
  #notice(before, chat) {
    const toast = chat.toast;
    if (toast && toast.callback_id !== before.toast?.callback_id) {
      release(this.log.list);
      this.#used = performance.now();
      if (toast.text) this.notices.answer(toast.text, Boolean(toast.show_alert));
    }
    const known = new Set(before.messages.map((message) => message.id));
    const fresh = chat.messages.filter((message) => !known.has(message.id) && !message.deleted);
    if (fresh.some((message) => message.from.id === this.user.id)) {
      this.#used = performance.now();
      this.log.toEnd();
    }
    const loud = fresh.filter((message) => message.from.is_bot && message.notified && !message.edited).at(-1);
    if (loud && performance.now() - this.#used > IN_HAND) this.notices.ring(loud, this.bot.name);
  }

  /** @param {boolean} now */
  #typing(now) {
    fill(this.subtitle, now ? el("span", { class: "typing" }, "typing", el("i"), el("i"), el("i")) : "bot");
  }

  /** @param {Message} message @param {[number, number]} place @param {HTMLElement} button */
  async #tap(message, place, button) {
    if (isHeld(button)) return;
    hold(button);
    setTimeout(() => button.removeAttribute("aria-busy"), PATIENCE);
    const done = await this.#act("tap", { message_id: message.id, button: place });
    if (!done) button.removeAttribute("aria-busy");
  }

  /** @param {Message} message */
  #options(message) {
    offer(this.sheet, message.from.id === this.user.id && Boolean(message.text), {
      react: (emoji) => this.#act("react", { message_id: message.id, emoji }),
      reply: () => this.composer.write("reply", message),
      edit: () => this.composer.write("edit", message),
      copy: () => navigator.clipboard.writeText(message.text ?? message.caption ?? ""),
    });
  }

  /**
   * Does what the person did; a refusal is said on the phone.
   * @param {string} verb
   * @param {object} [body]
   * @returns {Promise<boolean>} whether the sandbox took it
   */
  async #act(verb, body) {
    this.#used = performance.now();
    try {
      await api.act(this.user.id, verb, body);
      return true;
    } catch (error) {
      this.notices.say(error instanceof Refused ? error.message : "The sandbox is not answering. Nothing was sent.");
      return false;
    }
  }
}

function avatar() {
  return el("span", { class: "avatar" }, el("img", { src: "/page/hearth.svg", alt: "" }));
}
