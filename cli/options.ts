import { Argument, InvalidArgumentError, Option } from 'commander';
import { NAMESPACE } from '../places/repository.ts';

/** `-n`, as in kubectl; the shop's namespace by default. */
export function namespaceOption(): Option {
  return new Option('-n, --namespace <name>', 'the namespace to look in').default(NAMESPACE);
}

/** `--state`, for every command that starts a shop or talks to one. */
export function stateOption(): Option {
  return new Option('--state <folder>', "the shop's folder: socket, logs, database (or TUESDAY_STATE, else .tuesday)");
}

/** The pod that a command is about; find-pod.ts reads the word. */
export function podArgument(): Argument {
  return new Argument('<pod>', "a pod, KIND/NAME, a workload's name, or the beginning of one pod's name");
}

/** `-o json` for a command whose output is not a table of kubectl. */
export function jsonOption(): Option {
  return new Option('-o, --output <format>', 'print data instead of a screen').choices(['json']);
}

/** A whole number from `least` on; throws commander's error otherwise. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`);
    return value;
  };
}

/** Seconds of a duration as kubectl takes it: `90`, `90s`, `3m`, `1m30s`. Throws commander's error for another text, and for nothing. */
export function seconds(text: string): number {
  const [whole, hours = 0, minutes = 0, rest = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim()) ?? [];
  const value = Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest);
  if (!whole || value === 0) throw new InvalidArgumentError('It must be a duration such as 90s or 3m.');
  return value;
}

/** For options that may be repeated, or hold several values with commas between. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, ...text.split(',').filter((part) => part !== '')];
}
