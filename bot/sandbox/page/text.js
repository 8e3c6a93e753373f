/** Message text with its entities, as nodes. Offsets count UTF-16 code units, as JavaScript's strings do. */
import { el } from "./dom.js";

/** @typedef {import("./api.js").Entity} Entity */

/** What Telegram finds by itself in any text. */
const FOUND = [
  { type: "url", pattern: /\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]|\bt\.me\/[\w?=/-]+/giu },
  { type: "email", pattern: /[\w.+-]+@[\w-]+\.[\w.-]*\w/gu },
  { type: "bot_command", pattern: /(?<![\w/])\/[a-z]\w{0,31}(?:@\w+)?(?![\w/])/giu },
  { type: "mention", pattern: /(?<![\w@])@[a-z]\w{3,31}/giu },
  { type: "hashtag", pattern: /(?<![\p{L}\w])#[\p{L}_]\w*/gu },
];

/**
 * The entities given, and those Telegram would have found.
 * @param {string} text
 * @param {Entity[]} given
 * @returns {Entity[]}
 */
export function withFound(text, given) {
  const all = [...given];
  for (const { type, pattern } of FOUND) {
    for (const match of text.matchAll(pattern)) {
      const found = { type, offset: match.index, length: match[0].length };
      if (!all.some((entity) => overlap(entity, found) && !isStyle(entity))) all.push(found);
    }
  }
  return all;
}

/** @param {Entity} entity */
function isStyle(entity) {
  return ["bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"].includes(
    entity.type,
  );
}

/** @param {Entity} a @param {Entity} b */
function overlap(a, b) {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {{command: (text: string) => void, start: (parameter: string) => void, bot: {username: string}}} links what a tap on a
 *   command or on a deep link to this bot does
 * @returns {Node[]}
 */
export function formatted(text, entities, links) {
  const outerFirst = withFound(text, entities).sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, outerFirst, links);
}

/** The nodes of text[from, to), whose entities all start within it. @returns {Node[]} */
function span(text, from, to, entities, links) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    const inside = entities.slice(i + 1).filter((other) => other.offset < end);
    nodes.push(styled(entity, text.slice(start, end), span(text, start, end, inside, links), links));
    // A block stands on its own lines; the line break that follows it in the text would show as an empty one.
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) nodes.push(document.createTextNode(text.slice(at, to)));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** @param {Entity} entity @param {string} text @param {Node[]} inner */
function styled(entity, text, inner, links) {
  const tag = TAGS[/** @type {keyof typeof TAGS} */ (entity.type)];
  if (tag) return el(tag, {}, ...inner);
  switch (entity.type) {
    case "pre":
      return el("pre", { "data-language": entity.language, tabindex: 0 }, ...inner);
    case "spoiler":
      return spoiler(inner);
    case "text_link":
      return link(entity.url ?? "", inner, links);
    case "url":
      return link(/^\w+:/.test(text) ? text : `https://${text}`, inner, links);
    case "email":
      return link(`mailto:${text}`, inner, links);
    case "phone_number":
      return link(`tel:${text}`, inner, links);
    case "bot_command":
      return tappable("link", inner, () => links.command(text));
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "link" }, ...inner);
    default:
      return el("span", {}, ...inner);
  }
}

/** @param {Node[]} inner */
function spoiler(inner) {
  const node = tappable("spoiler", inner, () => {
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  });
  node.setAttribute("aria-label", "Hidden text");
  return node;
}

/**
 * Words that do something. Not a button: a button would not break over lines as words do.
 * @param {string} name
 * @param {(Node | string)[]} inner
 * @param {() => void} act
 */
function tappable(name, inner, act) {
  const tap = (/** @type {Event} */ event) => {
    event.preventDefault();
    act();
  };
  return el("a", { class: name, role: "button", href: "#", onclick: tap }, ...inner);
}

/**
 * A link to somewhere a browser may go; a deep link to this bot presses START instead.
 * @param {string} href
 * @param {(Node | string)[]} inner
 * @param {{start: (parameter: string) => void, bot: {username: string}}} links
 */
export function link(href, inner, links) {
  const deep = href.match(/^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)[?&]start=([\w-]+)$/i);
  if (deep && deep[1].toLowerCase() === links.bot.username.toLowerCase()) {
    return tappable("link", inner, () => links.start(deep[2]));
  }
  if (!/^(https?|tg|mailto|tel):/i.test(href)) return el("span", { class: "link" }, ...inner);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}
