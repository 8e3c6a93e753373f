/** Files on their way from a phone to the sandbox. */

/** What Telegram would call a file. @param {File} file */
export function kindOf(file) {
  if (file.type.startsWith("image/")) return "photo";
  if (file.type.startsWith("audio/")) return "voice";
  return file.type.startsWith("video/") ? "video" : "document";
}

/** @param {Blob} file @returns {Promise<string>} its bytes */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const RATE = 8000; // samples a second, eight bits each
const HEADER = 44; // bytes

/**
 * A second of nothing, as a WAV: what the microphone button sends, so that no page asks for a real microphone.
 * @returns {Blob}
 */
export function silence() {
  const view = new DataView(new ArrayBuffer(HEADER + RATE));
  const ascii = (/** @type {number} */ at, /** @type {string} */ word) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  ascii(0, "RIFF");
  view.setUint32(4, HEADER - 8 + RATE, true);
  ascii(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // size of this chunk
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  ascii(36, "data");
  view.setUint32(40, RATE, true);
  new Uint8Array(view.buffer, HEADER).fill(128);
  return new Blob([view], { type: "audio/wav" });
}
