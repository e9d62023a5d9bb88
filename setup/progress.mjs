/**
 * Prints lines such as `  packages          412 from package-lock.json                         9.8 s`.
 * On a terminal the line of a running stage counts the seconds; otherwise a stage that takes longer than a second is announced once.
 * @param {{ write: (text: string) => unknown, isTTY?: boolean }} [stream]
 */
export function createProgress(stream = process.stderr) {
  const tty = stream.isTTY === true;
  let lines = 0;
  const print = (/** @type {string} */ text) => stream.write(text);
  return {
    /** Whether anything was printed. */
    hasPrinted: () => lines > 0,
    /**
     * @template T
     * @param {string} name
     * @param {string} doing printed while it runs
     * @param {() => Promise<{ result: T, done: string }>} work `done` is printed at the end
     * @returns {Promise<T>}
     */
    async stage(name, doing, work) {
      const start = Date.now();
      const seconds = () => ((Date.now() - start) / 1000).toFixed(1);
      const show = () => {
        if (tty) print(`\r\x1b[K${row(name, doing, `${Math.floor((Date.now() - start) / 1000)} s`)}`);
        else print(`${row(name, `${doing} …`)}\n`);
        lines += 1;
      };
      const timer = tty ? setInterval(show, 250) : setTimeout(show, 1000);
      try {
        const { result, done } = await work();
        clearTimeout(timer);
        print(`${tty ? '\r\x1b[K' : ''}${row(name, done, `${seconds()} s`)}\n`);
        lines += 1;
        return result;
      } catch (error) {
        clearTimeout(timer);
        if (tty) print('\r\x1b[K');
        throw error;
      }
    },
    /** @param {string} name @param {string} text */
    note(name, text) {
      print(`${row(name, text)}\n`);
      lines += 1;
    },
  };
}

/** @param {string} name @param {string} text @param {string} [time] */
const row = (name, text, time) => `  ${name.padEnd(17)} ${time ? `${text.padEnd(58)} ${time.padStart(7)}` : text}`;
