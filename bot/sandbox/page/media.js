/** What a bubble holds besides text. */
import { el, icon } from "./dom.js";
import { enlarge } from "./lightbox.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./api.js").Attachment} Attachment */

/**
 * The attachments of one message, or of an album's.
 * @param {Message[]} messages
 * @returns {HTMLElement | null} null when there are none
 */
export function media(messages) {
  if (messages.length > 1) {
    return el("div", { class: "album" }, ...messages.map((message) => attachment(message)));
  }
  return attachment(messages[0]);
}

/** @param {Message} message @returns {HTMLElement | null} */
function attachment(message) {
  if (message.photo) return photo(message.photo, message.caption);
  if (message.voice) return sound(message.voice, "Voice message");
  if (message.audio) return sound(message.audio, message.audio.file_name ?? "Audio");
  if (message.animation) return film(message.animation, "film");
  if (message.video) return film(message.video, "film");
  if (message.video_note) return film(message.video_note, "film round");
  if (message.document) return file(message.document);
  if (message.sticker) return el("div", { class: "sticker" }, message.sticker.emoji ?? "🙂");
  if (message.poll) return poll(message.poll);
  return null;
}

/** @param {Attachment} picture @param {string} [caption] */
function photo(picture, caption) {
  const label = caption || "Photo";
  return el(
    "button",
    { class: "photo", type: "button", "aria-label": `Enlarge: ${label}`, onclick: () => enlarge(picture.url, label) },
    el("img", { src: picture.url, alt: label, loading: "lazy" }),
  );
}

/** @param {Attachment} recording @param {string} label */
function sound(recording, label) {
  const play = () =>
    new Audio(recording.url).play().catch(() => {
      // A voice message made for the sandbox may hold no sound at all; there is nothing to tell.
    });
  const bars = Array.from(recording.file_id.padEnd(28, recording.file_id).slice(-28), (letter) =>
    el("i", { class: `h${letter.charCodeAt(0) % 6}` }),
  );
  return el(
    "div",
    { class: "sound" },
    el("button", { class: "disc", type: "button", "aria-label": `Play: ${label}`, onclick: play }, icon("play")),
    el(
      "span",
      {},
      el("span", { class: "wave", "aria-hidden": "true" }, ...bars),
      el("small", {}, duration(recording.duration ?? 0)),
    ),
  );
}

/** @param {Attachment} video @param {string} name */
function film(video, name) {
  return el("video", { class: name, src: video.url, controls: true, preload: "metadata", "aria-label": "Video" });
}

/** @param {Attachment} document */
function file(document) {
  const size = document.file_size === undefined ? "" : bytes(document.file_size);
  return el(
    "a",
    { class: "file", href: document.url, download: document.file_name ?? "", target: "_blank" },
    el("span", { class: "disc" }, icon("file")),
    el("span", { class: "file-name" }, document.file_name ?? "Document", el("small", {}, size)),
  );
}

/** @param {{question: string, options: {text: string}[]}} asked */
function poll(asked) {
  return el(
    "div",
    { class: "poll" },
    el("strong", {}, asked.question),
    el("ul", {}, ...asked.options.map((option) => el("li", {}, option.text))),
  );
}

/** @param {number} seconds */
function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** @param {number} count */
function bytes(count) {
  if (count < 1024) return `${count} B`;
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1024 ** 2).toFixed(1)} MB`;
}
