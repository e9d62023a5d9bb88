import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { Failure } from './failure.ts';

/** A line to type, and what it is for. */
export type Example = readonly [line: string, purpose: string];

/** An option as Node's own parser takes it, with what the help says. */
export interface Flag {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** What stands for its value in the help: `<folder>`. */
  value?: string;
  help: string;
}

/** What was typed: flags by name, a list for those that may be repeated, and the words without a name. */
export interface Typed {
  words: string[];
  text(flag: string): string | undefined;
  list(flag: string): string[];
  given(flag: string): boolean;
}

export interface CommandDefinition {
  /** The npm script that runs it. */
  script: string;
  description: string;
  flags?: Record<string, Flag>;
  /** What words without a name are: `[image…]`; none are taken where this is left out. */
  words?: string;
  examples: readonly Example[];
  action(typed: Typed): Promise<void>;
}

/** A command that answers to its words. */
export interface Command {
  script: string;
  examples: readonly Example[];
  help(): string;
  /** Throws Failure for what it does not know. */
  read(words: readonly string[]): Typed;
  run(words: readonly string[]): Promise<void>;
}

export function createCommand(definition: CommandDefinition): Command {
  const { script, examples, words, action, flags = {} } = definition;

  function read(typed: readonly string[]): Typed {
    const options = Object.fromEntries(
      Object.entries(flags).map(([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ]),
    ) satisfies ParseArgsOptionsConfig;
    try {
      const parsed = parseArgs({ args: [...typed], options, allowPositionals: words !== undefined, strict: true });
      const values = parsed.values as Record<string, string | boolean | string[] | undefined>;
      return {
        words: parsed.positionals,
        text: (flag) => (typeof values[flag] === 'string' ? values[flag] : undefined),
        list: (flag) => (Array.isArray(values[flag]) ? values[flag] : []),
        given: (flag) => values[flag] === true,
      };
    } catch (error) {
      // Node's own sentence names the option; what follows it is about positional arguments.
      const [what = ''] = (error as Error).message.split(/\. /);
      throw new Failure(`${what.replace(/\.$/, '')}.`, `npm run ${script} -- --help`);
    }
  }

  const help = () => {
    const usage = `npm run ${script}${Object.keys(flags).length > 0 || words !== undefined ? ' -- [options]' : ''}${words === undefined ? '' : ` ${words}`}`;
    const rows = Object.entries(flags).map(([name, { short, value, help: text }]): Example => [
      `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
      text,
    ]);
    return [
      `Usage: ${usage}`,
      definition.description,
      ...(rows.length === 0 ? [] : [`Options:\n${table(rows)}`]),
      `Examples:\n${table(examples)}`,
    ].join('\n\n');
  };

  return { script, examples, help, read, run: (typed) => action(read(typed)) };
}

function table(rows: readonly Example[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}
