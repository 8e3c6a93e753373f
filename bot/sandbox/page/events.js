/** What changed, as it changes: Server-Sent Events that come back by themselves. */

/** Between two tries to reach a sandbox that has gone, in milliseconds; the last one repeats. */
const PATIENCE = [300, 700, 1500, 3000];

/**
 * Follows the sandbox for as long as the page lives.
 * @param {object} listener
 * @param {() => Promise<number>} listener.catchUp Re-reads everything; gives the seq to listen from. Called at each (re)connection.
 * @param {(event: {seq: number, kind: string, chat_id?: number}) => void} listener.changed
 * @param {(connected: boolean) => void} listener.connection
 */
export function follow({ catchUp, changed, connection }) {
  let tries = 0;

  async function connect() {
    let after;
    try {
      after = await catchUp();
    } catch (error) {
      console.info("The sandbox did not answer:", error);
      return again();
    }
    const source = new EventSource(`/control/events?after=${after}`);
    source.onopen = () => {
      tries = 0;
      connection(true);
    };
    source.onmessage = (message) => changed(JSON.parse(message.data));
    // EventSource would reconnect by itself, but from a `seq` that a restarted sandbox may not know.
    source.onerror = () => {
      source.close();
      again();
    };
  }

  function again() {
    connection(false);
    setTimeout(connect, PATIENCE[Math.min(tries++, PATIENCE.length - 1)]);
  }

  connect();
}

/**
 * Turns many calls into one at a time: what is asked for during a run is done once, after it.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
export function coalesced(work) {
  /** @type {Promise<void> | null} */
  let running = null;
  let wanted = false;
  return async function run() {
    wanted = true;
    running ??= (async () => {
      try {
        while (wanted) {
          wanted = false;
          await work();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}
