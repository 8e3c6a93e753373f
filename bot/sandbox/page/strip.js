/** The strip above the phones: the clock, Telegram's troubles, a day to watch. */
import { Refused, api } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { Trouble } from "./trouble.js";

/** @typedef {import("./api.js").Script} Script */
/** @typedef {import("./api.js").User} User */

const WELCOME = "Write, tap, move the clock. Everything here stays on this machine.";
export const GONE = "The sandbox is not answering. This page will go on by itself when it is back.";
const DEAF = "The bot is not listening just now. What you send waits for it.";

export class Strip {
  #connected = true;
  #deaf = false;
  /** Something that went wrong with the strip itself; the next action clears it. */
  #complaint = "";
  /** @type {Script | null} */
  #script = null;

  /**
   * @param {object} page
   * @param {HTMLElement} page.strip
   * @param {HTMLElement} page.caption
   * @param {import("./time.js").LiveClock} page.clock
   * @param {ReturnType<import("./time.js").timesIn>} page.times
   * @param {() => User | undefined} page.mentor
   * @param {() => Promise<unknown>} page.addPhone
   */
  constructor({ strip, caption, clock, times, mentor, addPhone }) {
    this.caption = caption;
    this.clock = clock;
    this.times = times;
    const attempt = (/** @type {() => Promise<unknown>} */ work) => this.#attempt(work);
    const move = (/** @type {string} */ label, /** @type {object} */ to, /** @type {string} */ name) =>
      el("button", { type: "button", "data-move": name, onclick: () => attempt(async () => this.#read(await api.moveClock(to))) }, label);

    this.day = el("span", { class: "clock-day" });
    this.time = el("time", { class: "clock-time" });
    this.place = el("span", { class: "clock-place" }, times.place);
    this.back = move("Back to now", { reset: true }, "reset");
    this.trouble = new Trouble(attempt, mentor);
    this.watch = el("button", { type: "button", class: "watch", onclick: () => attempt(() => this.#toggleScript()) });
    strip.append(
      el("div", { class: "clock", role: "timer", "aria-label": "The sandbox's clock" }, this.time, el("span", {}, this.day, this.place)),
      el(
        "div",
        { class: "moves", role: "group", "aria-label": "Move the clock" },
        move("+10 min", { advance: 600 }, "minutes"),
        move("+1 h", { advance: 3600 }, "hour"),
        move("This evening 20:00", { next: "20:00", zone: times.zone }, "evening"),
        move("Tomorrow 9:00", { tomorrow: "09:00", zone: times.zone }, "morning"),
        this.back,
      ),
      el(
        "div",
        { class: "rest" },
        this.trouble.node,
        el("button", { type: "button", title: "Somebody the house does not know yet", onclick: () => attempt(addPhone) }, icon("plus"), "Phone"),
        this.watch,
      ),
    );
    this.#say();
  }

  /** Shows the clock as it stands; called once a second. */
  tick() {
    const now = this.clock.now();
    const time = this.times.time(now);
    if (this.time.textContent === time && this.day.textContent) return;
    this.time.textContent = time;
    this.time.setAttribute("datetime", now.toISOString());
    this.day.textContent = this.times.weekday(now);
  }

  /** @param {Script | null} script */
  script(script) {
    this.#script = script;
    this.#say();
  }

  /** @param {boolean} connected */
  connection(connected) {
    this.#connected = connected;
    this.#say();
  }

  /** @param {boolean} deaf do updates wait for a bot that does not come? */
  deaf(deaf) {
    if (this.#deaf === deaf) return;
    this.#deaf = deaf;
    this.#say();
  }

  /** @param {import("./api.js").ClockState} reading */
  #read(reading) {
    this.clock.set(reading);
    this.moved();
  }

  /** The clock was set. */
  moved() {
    this.tick();
    /** @type {HTMLButtonElement} */ (this.back).disabled = Math.abs(this.clock.offset) < 1;
  }

  async #toggleScript() {
    this.script(await api.script(!this.#script?.running));
  }

  /** @param {() => Promise<unknown>} work */
  async #attempt(work) {
    this.#complaint = "";
    try {
      await work();
    } catch (error) {
      this.#complaint = error instanceof Refused ? error.message : GONE;
    }
    this.#say();
  }

  /** One sentence at a time, the most pressing first. */
  #say() {
    const script = this.#script;
    const running = Boolean(script?.running);
    this.watch.hidden = script?.available === false;
    fill(this.watch, running ? "Stop the day" : "Watch a day");
    this.watch.setAttribute("aria-pressed", String(running));
    const trouble = (!this.#connected && GONE) || this.#complaint || (this.#deaf && DEAF) || script?.error || "";
    const words = trouble || (running ? (script?.caption ?? "The day begins…") : WELCOME);
    this.caption.className = `caption ${trouble ? "worried" : running ? "running" : "idle"}`;
    const step = running && !trouble && script?.of ? el("small", {}, `${script.step} of ${script.of}`) : null;
    if (this.caption.textContent !== `${step?.textContent ?? ""}${words}`) fill(this.caption, step, el("span", {}, words));
  }
}
