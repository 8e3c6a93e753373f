/** What can be done with a message: right-click, long press, or the context-menu key. */
import { el, fill } from "./dom.js";

const REACTIONS = ["❤️", "👍", "🙏", "😂", "😢", "🎉"];

/**
 * @param {HTMLElement} sheet where the choices are shown
 * @param {boolean} mine own messages can be edited
 * @param {{react: (emoji: string) => void, reply: () => void, edit: () => void, copy: () => void}} does
 */
export function offer(sheet, mine, does) {
  const before = document.activeElement;
  const done = (/** @type {() => void} */ act) => () => {
    close();
    act();
  };
  function close() {
    sheet.hidden = true;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
  const choice = (/** @type {string} */ label, /** @type {() => void} */ act) =>
    el("button", { type: "button", class: "option", onclick: done(act) }, label);
  fill(
    sheet,
    el(
      "div",
      { class: "options", role: "dialog", "aria-label": "Message" },
      el(
        "div",
        { class: "emoji-row" },
        ...REACTIONS.map((emoji) =>
          el("button", { type: "button", "aria-label": `React with ${emoji}`, onclick: done(() => does.react(emoji)) }, emoji),
        ),
      ),
      choice("Reply", does.reply),
      mine && choice("Edit", does.edit),
      choice("Copy text", does.copy),
    ),
  );
  sheet.onclick = (event) => event.target === sheet && close();
  sheet.onkeydown = (event) => event.key === "Escape" && close();
  sheet.hidden = false;
  /** @type {HTMLElement} */ (sheet.querySelector("button")).focus({ preventScroll: true });
}
