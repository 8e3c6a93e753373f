/** Instants as people in the house read them. */

/** @param {number | string} date Unix seconds, or an ISO time. @returns {Date} */
export function instant(date) {
  return typeof date === "number" ? new Date(date * 1000) : new Date(date);
}

/**
 * How to write times in one zone.
 * @param {string} [zone] IANA name; the browser's own when missing
 */
export function timesIn(zone) {
  const timeZone = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const make = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const time = make({ hour: "2-digit", minute: "2-digit" });
  const day = make({ day: "numeric", month: "long" });
  const weekday = make({ weekday: "short", day: "numeric", month: "short" });
  return {
    zone: timeZone,
    /** "America/New_York" as "New York". */
    place: timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone,
    /** @param {Date} at */
    time: (at) => time.format(at),
    /** The day separator: "24 November". @param {Date} at */
    day: (at) => day.format(at),
    /** "Tue 24 Nov". @param {Date} at */
    weekday: (at) => weekday.format(at).replace(",", ""),
  };
}

/** The sandbox's clock, running between two readings of it. */
export class LiveClock {
  #base = Date.now() - performance.now();
  /** Seconds the sandbox's clock is ahead of the machine's. */
  offset = 0;

  /** @param {{now: string, offset: number}} reading */
  set(reading) {
    this.#base = Date.parse(reading.now) - performance.now();
    this.offset = reading.offset;
  }

  /** @returns {Date} */
  now() {
    return new Date(this.#base + performance.now());
  }
}
