/** The two kinds of keyboard Telegram draws: under a bubble, and docked under the input. */
import { el, icon } from "./dom.js";
import { link } from "./text.js";

/** @typedef {import("./api.js").Button} Button */

/**
 * The buttons of a message. A tap holds its button down until the bot has answered it.
 * @param {Button[][]} rows
 * @param {(place: [number, number], button: HTMLElement) => void} tap
 * @param {{start: (parameter: string) => void, bot: {username: string}}} links
 */
export function inlineKeyboard(rows, tap, links) {
  return el(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Buttons" },
    ...rows.map((row, r) =>
      el(
        "div",
        { class: "keys" },
        ...row.map((key, c) => {
          if (key.url) return urlKey(key.text, key.url, links);
          /** @type {HTMLElement} */
          const button = el(
            "button",
            { type: "button", class: "key", title: key.text, "data-key": `${r},${c}`, onclick: () => tap([r, c], button) },
            el("span", {}, key.text),
          );
          return button;
        }),
      ),
    ),
  );
}

/** @param {string} text @param {string} url @param {{start: (parameter: string) => void, bot: {username: string}}} links */
function urlKey(text, url, links) {
  const key = link(url, [el("span", {}, text), icon("out")], links);
  key.className = "key";
  key.title = text;
  return key;
}

/**
 * The docked keyboard.
 * @param {(Button | string)[][]} rows
 * @param {(label: string) => void} press
 */
export function replyKeyboard(rows, press) {
  return rows.map((row) =>
    el(
      "div",
      { class: "keys" },
      ...row.map((key) => {
        const label = typeof key === "string" ? key : key.text;
        return el("button", { type: "button", class: "reply-key", title: label, onclick: () => press(label) }, el("span", {}, label));
      }),
    ),
  );
}

/**
 * Holds a button down; a second tap meanwhile does nothing, as in Telegram.
 * @param {HTMLElement} button
 */
export function hold(button) {
  button.setAttribute("aria-busy", "true");
}

/** @param {HTMLElement} button */
export function isHeld(button) {
  return button.getAttribute("aria-busy") === "true";
}

/**
 * Lets go of every button held down inside a node.
 * @param {Element} node
 */
export function release(node) {
  for (const button of node.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
