import type { Cli } from '../cli.ts';

/** A step that takes less than this prints nothing. */
const QUIET_MS = 1000;

/** The line about what a start is waiting for. */
export interface Progress {
  /** Names the step that is under way now. */
  say(text: string): void;
  /** Clears the line. */
  end(): void;
}

/** Prints what a start is waiting for, once it takes more than a second: on a terminal one line that changes, else a line a step. */
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
