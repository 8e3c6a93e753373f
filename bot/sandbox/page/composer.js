/** The bottom of a phone: input, command menu, docked keyboard, START. */
import { el, fill, icon } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";

/** @typedef {import("./api.js").Chat} Chat */
/** @typedef {import("./api.js").Message} Message */
/**
 * @typedef {object} Acts What the person at this phone can do; each tells whether it was done.
 * @property {(text: string, replyTo?: number) => Promise<boolean>} text
 * @property {(message: number, text: string) => Promise<boolean>} edit
 * @property {(label: string) => Promise<boolean>} key presses a key of the docked keyboard
 * @property {(file: File) => Promise<boolean>} attach
 * @property {() => Promise<boolean>} voice
 * @property {() => Promise<boolean>} start
 * @property {() => Promise<boolean>} unblock
 */

export class Composer {
  #drawn = "";
  #keyboardOpen = true;
  /** @type {{kind: "reply" | "edit", message: Message} | null} */
  #about = null;
  /** @type {Chat["commands"]} */
  #commands = [];

  /** @param {Acts} acts @param {string} who */
  constructor(acts, who) {
    this.acts = acts;
    this.input = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        rows: 1,
        dir: "auto",
        placeholder: "Message",
        "aria-label": `Message from ${who}`,
        oninput: () => this.#typed(),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      })
    );
    this.menu = el("button", { class: "menu-button", type: "button", "aria-expanded": "false", onclick: () => this.#toggleMenu() }, icon("menu"), el("span", {}, "Menu"));
    this.keys = el("button", { class: "round", type: "button", "aria-label": "Keyboard", hidden: true, onclick: () => this.#toggleKeyboard() }, icon("keys"));
    this.file = el("input", { type: "file", hidden: true, onchange: () => this.#attached() });
    this.clip = el("button", { class: "round", type: "button", "aria-label": "Send a photo or a file", onclick: () => this.file.click() }, icon("clip"));
    this.send = el("button", { class: "round send", type: "button", "aria-label": "Send", onclick: () => this.#submit() }, icon("send"));
    this.mic = el("button", { class: "round", type: "button", "aria-label": "Send a voice message", onclick: () => acts.voice() }, icon("mic"));
    this.field = el("div", { class: "field" }, this.input, this.keys, this.clip);
    this.about = el("div", { class: "about", hidden: true });
    this.commands = el("ul", { class: "commands", hidden: true, "aria-label": "Commands" });
    this.bar = el("div", { class: "bar" }, this.menu, this.field, this.file, this.send, this.mic);
    this.big = el("button", { class: "start", type: "button", hidden: true });
    this.keyboard = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Keyboard of the bot", hidden: true });
    this.node = el("footer", { class: "composer" }, this.commands, this.about, this.bar, this.big, this.keyboard);
    document.addEventListener("click", (event) => {
      if (!this.node.contains(/** @type {Node} */ (event.target))) this.#closeMenu();
    });
    this.#typed();
  }

  /** @param {Chat} chat @param {boolean} blocked has this person blocked the bot? */
  show(chat, blocked) {
    this.#commands = chat.commands ?? [];
    const empty = chat.messages.length === 0;
    this.bar.hidden = empty || blocked;
    this.big.hidden = !this.bar.hidden;
    this.big.textContent = blocked ? "RESTART BOT" : "START";
    this.big.onclick = () => (blocked ? this.acts.unblock() : this.acts.start());
    this.menu.hidden = this.#commands.length === 0;

    const wanted = this.bar.hidden ? null : chat.reply_keyboard;
    const signature = JSON.stringify(wanted ?? null);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    this.#keyboardOpen = true;
    fill(this.keyboard, ...(wanted ? replyKeyboard(wanted.keyboard, this.acts.key) : []));
    this.input.placeholder = wanted?.input_field_placeholder || "Message";
    this.#dock();
  }

  /** Writes an answer to a message, or a message anew. @param {"reply" | "edit"} kind @param {Message} message */
  write(kind, message) {
    this.#about = { kind, message };
    if (kind === "edit") this.input.value = message.text ?? "";
    const cancel = el("button", { class: "round", type: "button", "aria-label": "Cancel", onclick: () => this.#settle() }, icon("close"));
    const head = kind === "edit" ? "Edit message" : `Reply to ${message.from.first_name}`;
    fill(this.about, el("span", {}, el("strong", {}, head), el("span", { dir: "auto" }, message.text ?? message.caption ?? "")), cancel);
    this.about.hidden = false;
    this.#typed();
    this.input.focus();
  }

  #settle() {
    if (this.#about?.kind === "edit") this.input.value = "";
    this.#about = null;
    this.about.hidden = true;
    this.#typed();
  }

  async #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const about = this.#about;
    this.input.value = "";
    this.#settle();
    this.input.focus();
    const sent = await (about?.kind === "edit" ? this.acts.edit(about.message.id, text) : this.acts.text(text, about?.message.id));
    if (sent || this.input.value) return;
    this.input.value = text; // nobody has to write twice what did not go out
    this.#typed();
  }

  async #attached() {
    const files = /** @type {HTMLInputElement} */ (this.file).files;
    const file = files?.[0];
    if (file) await this.acts.attach(file);
    /** @type {HTMLInputElement} */ (this.file).value = "";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      this.commands.hidden = true;
      this.#settle();
    }
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #typed() {
    const text = this.input.value;
    this.send.hidden = !text.trim();
    this.mic.hidden = !this.send.hidden;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
    if (/^\/\w*$/.test(text)) this.#list(text);
    else this.#closeMenu();
  }

  #toggleMenu() {
    if (this.commands.hidden) this.#list("/");
    else this.#closeMenu();
  }

  #closeMenu() {
    this.commands.hidden = true;
    this.menu.setAttribute("aria-expanded", "false");
  }

  /** @param {string} beginning */
  #list(beginning) {
    const fitting = this.#commands.filter(({ command }) => `/${command}`.startsWith(beginning));
    const choose = async (/** @type {string} */ command) => {
      this.input.value = "";
      this.#typed();
      await this.acts.text(`/${command}`);
    };
    const lines = fitting.map(({ command, description }) =>
      el("li", {}, el("button", { type: "button", onclick: () => choose(command) }, el("strong", {}, `/${command}`), el("span", {}, description))),
    );
    fill(this.commands, ...lines);
    this.commands.hidden = lines.length === 0;
    this.menu.setAttribute("aria-expanded", String(!this.commands.hidden));
  }

  #toggleKeyboard() {
    this.#keyboardOpen = !this.#keyboardOpen;
    this.#dock();
  }

  #dock() {
    const exists = this.keyboard.childElementCount > 0;
    this.keyboard.hidden = !exists || !this.#keyboardOpen;
    this.keys.hidden = !exists;
    this.keys.setAttribute("aria-pressed", String(this.#keyboardOpen));
  }
}
