/** Making Telegram fail, on purpose and with a switch. */
import { api } from "./api.js";
import { el } from "./dom.js";

/** @typedef {import("./api.js").Fault} Fault */

/** Each switch is one rule of the sandbox, known by its id. @type {{label: string, rule: Fault & {id: string}}[]} */
const TROUBLES = [
  { label: "Slow: every call takes 3 seconds", rule: { id: "page-slow", kind: "slow", method: "*", rate: 1, delay: 3 } },
  { label: "30 % of sends fail (500)", rule: { id: "page-500", kind: "500", method: "send*", rate: 0.3 } },
  { label: "Too many requests (429) for half the sends", rule: { id: "page-429", kind: "429", method: "send*", rate: 0.5, retry_after: 3 } },
  {
    label: "30 % of sends time out, though they arrive",
    rule: { id: "page-timeout", kind: "timeout_after", method: "send*", rate: 0.3 },
  },
];

/** The switches, folded away until they are wanted. */
export class Trouble {
  /**
   * @param {(work: () => Promise<unknown>) => Promise<void>} attempt does it, and says so when it fails
   * @param {() => import("./api.js").User | undefined} mentor whose phone the last switch is about
   */
  constructor(attempt, mentor) {
    this.mentor = mentor;
    this.switches = TROUBLES.map(({ label, rule }) =>
      toggle(label, (on) => attempt(() => (on ? api.addFault(rule) : api.removeFault(rule.id)))),
    );
    this.blocked = toggle("The mentor has blocked the bot", (on) =>
      attempt(async () => {
        const user = this.mentor();
        if (user) await api.act(user.id, on ? "block" : "unblock");
      }),
    );
    this.count = el("span", {}, "Telegram is well");
    this.node = el(
      "details",
      { class: "trouble", onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.#close() },
      el("summary", {}, el("i", { class: "lamp", "aria-hidden": "true" }), this.count),
      el(
        "fieldset",
        { class: "panel" },
        el("legend", {}, "Make Telegram fail"),
        ...[...this.switches, this.blocked].map(({ node }) => node),
      ),
    );
    document.addEventListener("click", (event) => {
      if (!this.node.contains(/** @type {Node} */ (event.target))) this.#close();
    });
  }

  /** @param {Fault[]} rules those in force */
  show(rules) {
    TROUBLES.forEach(({ rule }, i) => {
      this.switches[i].box.checked = rules.some(({ id }) => id === rule.id);
    });
    const mentor = this.mentor();
    this.blocked.node.hidden = !mentor;
    this.blocked.box.checked = Boolean(mentor?.blocked);
    const on = rules.length + (mentor?.blocked ? 1 : 0);
    this.node.classList.toggle("on", on > 0);
    this.count.textContent = on === 0 ? "Telegram is well" : `Telegram: ${on} trouble${on > 1 ? "s" : ""}`;
  }

  #close() {
    this.node.removeAttribute("open");
  }
}

/** @param {string} label @param {(on: boolean) => void} changed */
function toggle(label, changed) {
  const box = /** @type {HTMLInputElement} */ (
    el("input", { type: "checkbox", role: "switch", onchange: () => changed(box.checked) })
  );
  return { box, node: el("label", { class: "switch" }, box, el("span", {}, label)) };
}
