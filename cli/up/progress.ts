import type { Cli } from '../cli.ts';

/** Nothing is said about what takes less than this. */
const QUIET_MS = 1000;

export interface Progress {
  /** What is going on now. */
  say(text: string): void;
  /** Takes the line away again. */
  end(): void;
}

/** Says what a start is waiting for, once it takes more than a second: one line that changes on a terminal, else lines. */
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
