/** One photo over the whole page; Escape or a click puts it away. */
import { el } from "./dom.js";

/**
 * @param {string} url
 * @param {string} label
 */
export function enlarge(url, label) {
  const box = /** @type {HTMLDialogElement} */ (
    el("dialog", { class: "lightbox", "aria-label": label, onclick: () => box.close() }, el("img", { src: url, alt: label }))
  );
  box.append(el("button", { type: "button", class: "lightbox-close" }, "Close"));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
