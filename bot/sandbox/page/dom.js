/** Making elements. Whatever is a string becomes a text node, so no message can ever become markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners; null, undefined and false are left out; true is an empty attribute.
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...kept(children));
  return node;
}

/**
 * Puts children in place of whatever a node held.
 * @param {Element} node
 * @param {...Child} children
 */
export function fill(node, ...children) {
  node.replaceChildren(...kept(children));
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function kept(children) {
  return /** @type {(Node | string)[]} */ (children.filter((child) => child || child === ""));
}

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a 24 × 24 grid. */
const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  send: "M4 12 20 4l-5 16-3.5-6.5ZM11.5 13.5 20 4",
  clip: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.5 3.5 0 0 1 5 5L10 17.5a1.5 1.5 0 0 1-2.5-2.5L15 7.5",
  mic: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  keys: "M4 6h16v12H4ZM7.5 9.5h1M11.5 9.5h1M15.5 9.5h1M8 14.5h8",
  down: "M6 9.5 12 15.5 18 9.5",
  close: "M6 6 18 18M18 6 6 18",
  file: "M7 3h7l4 4v14H7ZM14 3v4h4",
  play: "M8 5v14l11-7Z",
  out: "M8 16 16 8M9.5 8H16v6.5",
  ticks: "M2 13 6.5 17.5 15.5 7.5M11.5 16.5 12.5 17.5 21.5 7.5",
  plus: "M12 5v14M5 12h14",
};

/**
 * A small drawing that says nothing to a screen reader.
 * @param {keyof typeof ICONS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
