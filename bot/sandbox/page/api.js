/** The sandbox's control API, as this page uses it. Its full description: bot/sandbox/README.md. */

/**
 * @typedef {{id: number, first_name: string, last_name?: string, username?: string, title?: string,
 *   start_parameter?: string | null, blocked?: boolean}} User
 * @typedef {{text: string, callback_data?: string, url?: string}} Button
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string}} Entity
 * @typedef {{file_id: string, url: string, file_name?: string, file_size?: number, duration?: number, mime_type?: string}} Attachment
 * @typedef {{id: number, from: {id: number, is_bot: boolean, first_name: string}, date: number | string, text?: string,
 *   caption?: string, entities?: Entity[], inline_keyboard?: Button[][] | null, reply_to?: any, edited: boolean,
 *   deleted: boolean, reactions?: any[], notified: boolean, media_group_id?: string | null, photo?: Attachment | null,
 *   voice?: Attachment | null, audio?: Attachment | null, document?: Attachment | null, video?: Attachment | null,
 *   video_note?: Attachment | null, animation?: Attachment | null, sticker?: any, poll?: any}} Message
 * @typedef {{keyboard: (Button | string)[][], resize_keyboard?: boolean, is_persistent?: boolean,
 *   one_time_keyboard?: boolean, input_field_placeholder?: string}} ReplyKeyboard
 * @typedef {{text?: string, show_alert?: boolean, callback_id: string}} Toast
 * @typedef {{id: number, seq: number, messages: Message[], reply_keyboard: ReplyKeyboard | null, typing: boolean,
 *   toast: Toast | null, commands: {command: string, description: string}[]}} Chat
 * @typedef {{now: string, offset: number, version: number}} ClockState
 * @typedef {{id?: string, kind: string, method?: string, chat_id?: number, rate?: number, delay?: number,
 *   retry_after?: number}} Fault
 * @typedef {{running: boolean, caption?: string | null, step?: number, of?: number, error?: string | null, cast?: number[],
 *   available?: boolean}} Script
 * @typedef {{clock: ClockState, faults: any, bot: any, users: User[], script: Script | null, zone?: string, seq?: number}} State
 */

/** The sandbox answered, and said no; the message is fit to be shown. */
export class Refused extends Error {}

/**
 * @param {string} method
 * @param {string} path under /control
 * @param {unknown} [body]
 * @returns {Promise<any>}
 * @throws {Refused} when the sandbox says no; TypeError (fetch's own) when it is not there.
 */
async function call(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text && (response.headers.get("content-type") ?? "").includes("json") ? JSON.parse(text) : {};
  if (!response.ok) {
    throw new Refused(answer.description ?? answer.error ?? `The sandbox answered ${response.status}.`);
  }
  return answer;
}

export const api = {
  /** @returns {Promise<State>} */
  state: () => call("GET", "/state"),
  /** @param {number} id @returns {Promise<Chat>} */
  chat: (id) => call("GET", `/chats/${id}`),
  /** @param {object} move e.g. {advance: 600} @returns {Promise<ClockState>} */
  moveClock: (move) => call("POST", "/clock", move),
  /** @returns {Promise<{pending: number, polling: boolean}>} updates that wait, and whether a bot asks for them */
  pending: () => call("GET", "/pending"),
  /** @param {Fault} rule */
  addFault: (rule) => call("POST", "/faults", rule),
  /** @param {string} id */
  removeFault: (id) => call("DELETE", `/faults/${encodeURIComponent(id)}`),
  /** @param {boolean} start @returns {Promise<Script>} */
  script: (start) => call("POST", `/script/${start ? "start" : "stop"}`, {}),
  /** @param {object} user */
  addUser: (user) => call("POST", "/users", user),
  /**
   * Something a person does: start, text, tap, media, edit, react, block, unblock.
   * @param {number} user
   * @param {string} verb
   * @param {object} [body]
   */
  act: (user, verb, body = {}) => call("POST", `/users/${user}/${verb}`, body),
};
