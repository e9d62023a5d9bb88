/** How often a line is repeated where there is no terminal, in ms: a log that stands still for minutes looks like one that hangs. */
const AGAIN = 30_000;

/**
 * Prints lines such as `  packages          412 from package-lock.json                         9.8 s`.
 * On a terminal the line of what is running counts the seconds; otherwise what takes longer than a second is announced, and
 * again every half minute.
 * @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} [stream]
 */
export function createProgress(stream = process.stderr) {
  const tty = stream.isTTY === true;
  // A line that is wider than the terminal could not be replaced.
  const replace = (/** @type {string} */ text) => stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 120) - 1)}`);

  /**
   * Shows that something is running.
   * @param {string} name @param {string} doing
   * @returns {() => string} stops it, and gives the time that it took
   */
  function wait(name, doing) {
    const start = Date.now();
    const seconds = (digits = 0) => `${((Date.now() - start) / 1000).toFixed(digits)} s`;
    const count = () => replace(row(name, doing, seconds()));
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
        stream.write(`${row(name, done, stop())}\n`);
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

/** @param {string} name @param {string} text @param {string} [time] */
const row = (name, text, time) => `  ${name.padEnd(17)} ${time ? `${text.padEnd(58)} ${time.padStart(7)}` : text}`;
