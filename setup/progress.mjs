/** How often a line is repeated where there is no terminal, in ms: a log that stands still for minutes looks like one that hangs. */
const AGAIN = 30_000;

/** The width of what a line says between its name and its time. */
const WIDTH = 58;

/**
 * Prints lines such as `  packages          412 from package-lock.json                         9.8 s`.
 * On a terminal the line of what is running counts the seconds; otherwise what takes longer than a second is announced, and
 * again every half minute.
 * @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} [stream]
 */
export function createProgress(stream = process.stderr) {
  const tty = stream.isTTY === true;
  const replace = (/** @type {string} */ text) => stream.write(`\r\x1b[K${text}`);
  // A line that is wider than the terminal could not be replaced: what is cut is the text, not the time.
  const room = () => Math.max(8, Math.min(WIDTH, (stream.columns || 120) - 29));

  /**
   * Shows that something is running.
   * @param {string} name @param {string} doing
   * @returns {() => string} stops it, and gives the time that it took
   */
  function wait(name, doing) {
    const start = Date.now();
    const seconds = (digits = 0) => `${((Date.now() - start) / 1000).toFixed(digits)} s`;
    const count = () => replace(row(name, doing.slice(0, room()), { time: seconds(), width: room() }));
    const announce = (more = '') => stream.write(`${row(name, `${doing} …${more}`)}\n`);
    const timers = tty
      ? [setInterval(count, 250)]
      : [setTimeout(announce, 1000), setInterval(() => announce(` ${seconds()}`), AGAIN)];
    return () => {
      for (const timer of timers) clearInterval(timer);
      if (tty) replace('');
      return seconds(1);
    };
  }

  return {
    wait,
    /**
     * Shows that a stage is running, and what it did.
     * @param {string} name
     * @param {string} doing printed while it runs
     * @param {() => Promise<string>} work what it returns is printed at its end
     */
    async stage(name, doing, work) {
      const stop = wait(name, doing);
      try {
        const done = await work();
        stream.write(`${row(name, done, { time: stop() })}\n`);
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

/** @param {string} name @param {string} text @param {{ time: string, width?: number }} [end] */
function row(name, text, end) {
  const rest = end ? `${text.padEnd(end.width ?? WIDTH)} ${end.time.padStart(7)}` : text;
  return `  ${name.padEnd(17)} ${rest}`;
}
