/** What a phone shows for a moment: it rings, says something in passing, or insists. */
import { gist } from "./bubble.js";
import { el } from "./dom.js";

/** How long a banner and a toast stay, in milliseconds. */
const BANNER = 5000;
const TOAST = 3500;

export class Notices {
  /**
   * @param {HTMLElement} device shaken when it rings
   * @param {() => HTMLElement} avatar
   */
  constructor(device, avatar) {
    this.device = device;
    this.avatar = avatar;
    this.banner = el("div", { class: "banner", role: "status", hidden: true, onclick: () => this.#hide(this.banner) });
    this.toast = el("div", { class: "toast", role: "status", hidden: true });
    this.alert = el("div", { class: "alert-veil", hidden: true });
    /** What lies over the whole screen; the toast lies over the chat alone. */
    this.nodes = [this.banner, this.alert];
    /** @type {Map<HTMLElement, number>} */
    this.timers = new Map();
  }

  /**
   * A message came that the person was not waiting for.
   * @param {import("./api.js").Message} message
   * @param {string} name the bot's
   */
  ring(message, name) {
    const words = el("span", { class: "banner-words" }, el("strong", {}, name), el("span", { dir: "auto" }, gist(message)));
    this.banner.replaceChildren(this.avatar(), words, el("small", {}, "now"));
    this.#show(this.banner, BANNER);
    this.device.classList.remove("ringing");
    void this.device.offsetWidth; // lets the animation start over when it rings twice in a row
    this.device.classList.add("ringing");
  }

  /**
   * The bot's answer to a tap.
   * @param {string} text
   * @param {boolean} insist as an alert that wants an OK
   */
  answer(text, insist) {
    if (!insist) {
      this.say(text);
      return;
    }
    const before = document.activeElement;
    const ok = el("button", { type: "button", onclick: close }, "OK");
    const hide = () => (this.alert.hidden = true);
    function close() {
      hide();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    }
    this.alert.replaceChildren(
      el(
        "div",
        { class: "alert", role: "alertdialog", "aria-label": text, onkeydown: (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close() },
        el("p", { dir: "auto" }, text),
        ok,
      ),
    );
    this.alert.hidden = false;
    // Only on the phone in hand: an alert that a script causes next door takes nobody's focus away.
    if (this.device.contains(before)) ok.focus({ preventScroll: true });
  }

  /** Something in passing. @param {string} text */
  say(text) {
    this.toast.textContent = text;
    this.#show(this.toast, TOAST);
  }

  /** @param {HTMLElement} node @param {number} duration */
  #show(node, duration) {
    clearTimeout(this.timers.get(node));
    node.hidden = false;
    this.timers.set(node, setTimeout(() => this.#hide(node), duration));
  }

  /** @param {HTMLElement} node */
  #hide(node) {
    node.hidden = true;
    if (node === this.banner) this.device.classList.remove("ringing");
  }
}
