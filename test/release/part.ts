/** One command of a part; `folder` is relative to the repository, which is the default. */
export interface Step {
  command: readonly string[];
  env?: Record<string, string>;
  folder?: string;
}

/** One part of the release check. */
export interface Part {
  name: string;
  /** Run one after the other until one fails. */
  steps: readonly Step[];
  /** What this machine lacks for the part, in a few words; undefined if nothing. */
  missing?(env: NodeJS.ProcessEnv): Promise<string | undefined>;
}

export interface Result {
  name: string;
  /** The commands, as one types them. */
  command: string;
  state: 'passed' | 'failed' | 'not run';
  seconds: number;
  /** Why it failed or was not run. */
  why?: string;
}

/** A step as one types it. */
export function commandOf({ command, env = {} }: Step): string {
  return [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command].join(' ');
}
