import type { Cli } from '../cli.ts';

/** A step that takes less than this time prints nothing. */
const QUIET_MS = 1000;

/** The line about the present step of a start. */
export interface Progress {
  /** Sets the text of the present step. */
  say(text: string): void;
  /** Clears the line. */
  end(): void;
}

/** Prints the present step of a start once it takes more than a second: on a terminal in one line that changes, otherwise a line for each step. */
export function createProgress(cli: Cli): Progress {
  let text = '';
  let shown = '';
  const timer = setInterval(() => {
    if (text === shown) return;
    shown = text;
    cli.err(cli.isTerminal ? `\r\u001B[K  ${shown}` : `  ${shown}\n`);
  }, QUIET_MS);
  timer.unref();
  return {
    say(now) {
      text = now;
    },
    end() {
      clearInterval(timer);
      if (cli.isTerminal && shown !== '') cli.err('\r\u001B[K');
    },
  };
}
