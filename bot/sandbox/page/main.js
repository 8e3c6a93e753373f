/** The page: a strip, and a phone for each person the sandbox knows. */
import { api } from "./api.js";
import { el } from "./dom.js";
import { coalesced, follow } from "./events.js";
import { Phone } from "./phone.js";
import { GONE, Strip } from "./strip.js";
import { LiveClock, timesIn } from "./time.js";

/** How often to ask whether the bot is listening, in milliseconds. */
const LISTENING = 5000;
/** Of strangers. */
const NAMES = ["Robin", "Noor", "Kim", "Alex", "Toni"];

const clock = new LiveClock();
const caption = /** @type {HTMLElement} */ (document.getElementById("caption"));
const place = /** @type {HTMLElement} */ (document.getElementById("phones"));
/** Shared by all phones: it may present itself only after the page was opened. */
const bot = { name: "Hearth", username: "", description: "" };
const nobody = el("p", { class: "nobody" }, "No phones yet. They appear here as soon as the house opens.");
/** @type {Map<number, Phone>} */
const phones = new Map();
/** @type {Strip | undefined} */
let strip;
/** @type {ReturnType<typeof timesIn>} */
let times = timesIn();
/** @type {import("./api.js").User[]} */
let users = [];
/** The last change that the state read last knows of; what came later is told again, which does no harm. */
let seen = 0;

/** Reads who there is and how things stand; makes what is missing. */
async function readState() {
  const state = await api.state();
  seen = state.seq ?? 0;
  times = timesIn(state.zone);
  users = state.users;
  clock.set(state.clock);
  strip ??= new Strip({
    strip: /** @type {HTMLElement} */ (document.getElementById("strip")),
    caption,
    clock,
    times,
    mentor: () => users.find((user) => /mentor/i.test(user.title ?? "")),
    addPhone: () => api.addUser({ first_name: NAMES[phones.size % NAMES.length], title: "Stranger" }),
  });
  strip.moved();
  strip.trouble.show(state.faults?.rules ?? state.faults ?? []);
  strip.script(state.script);
  const { first_name: name = "Hearth", username = "", description = "" } = state.bot ?? {};
  Object.assign(bot, { name, username, description });
  const gone = [...phones.keys()].filter((id) => !users.some((user) => user.id === id));
  for (const id of gone) {
    phones.get(id)?.node.remove();
    phones.delete(id);
  }
  const added = [];
  for (const user of users) {
    const known = phones.get(user.id);
    if (known) {
      known.update(user);
      continue;
    }
    const phone = new Phone(user, { bot, times });
    phones.set(user.id, phone);
    place.append(phone.node);
    added.push(phone);
  }
  setTheStage(state.script);
  if (phones.size) nobody.remove();
  else place.append(nobody);
  tick();
  await Promise.all(added.map((phone) => phone.refresh()));
}

/** Those who act in a day stand first; while it plays, those who were there before step back. @param {import("./api.js").Script | null} script */
function setTheStage(script) {
  const cast = script?.cast ?? [];
  const first = Math.min(...cast);
  const order = [...users.filter((user) => cast.includes(user.id)), ...users.filter((user) => !cast.includes(user.id))];
  for (const [at, user] of order.entries()) {
    const { node } = phones.get(user.id);
    node.hidden = Boolean(script?.running) && user.id < first;
    if (place.children[at] !== node) place.insertBefore(node, place.children[at] ?? null);
  }
}

const refreshState = coalesced(readState);

function tick() {
  strip?.tick();
  for (const phone of phones.values()) phone.tick(times.time(clock.now()));
}

follow({
  async catchUp() {
    await refreshState();
    await Promise.all([...phones.values()].map((phone) => phone.refresh()));
    return seen;
  },
  changed({ kind, chat_id: chat }) {
    const late = (/** @type {unknown} */ error) => console.info("Not read; the next event or the reconnection will:", error);
    if (chat != null && kind !== "users") phones.get(chat)?.refresh().catch(late);
    else refreshState().catch(late);
    if (kind === "reset") for (const phone of phones.values()) phone.refresh().catch(late);
  },
  connection(connected) {
    if (strip) strip.connection(connected);
    else caption.textContent = connected ? "" : GONE;
  },
});

setInterval(tick, 1000);

let waiting = false;
setInterval(async () => {
  try {
    const { pending, polling } = await api.pending();
    // By webhook nobody polls; there it counts only that what waited before is waiting still.
    strip?.deaf(waiting && pending > 0 && !polling);
    waiting = pending > 0;
  } catch {
    // The event stream notices a sandbox that has gone, and says so.
  }
}, LISTENING);
