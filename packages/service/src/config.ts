import { writeSync } from 'node:fs';
import { z } from 'zod';
import { errorFields } from './reason.ts';

export type Version = 'v1' | 'v2';

/** The settings that every service has, from its pod. */
export interface ServiceConfig {
  /** The `app` label, e.g. `checkout`. */
  name: string;
  /** The `version` label: the only switch between v1 and v2. */
  version: Version;
  /** The pod's name. */
  pod: string;
  /** The container port to listen on. */
  port: number;
}

/** The environment is unusable; `faults` holds one sentence for each variable that is wrong. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const COMMON = {
  SERVICE_NAME: z.string().min(1),
  SERVICE_VERSION: z.enum(['v1', 'v2']).default('v1'),
  POD_NAME: z.string().min(1).default('local'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
};

/**
 * Reads the variables that every service needs, and those of `shape`, from a map of environment variables.
 * Throws a ConfigError that names every fault, not only the first.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  env: Record<string, string | undefined>,
  shape: Shape,
): ServiceConfig & { env: z.infer<z.ZodObject<Shape>> } {
  const common = z.object(COMMON).safeParse(env);
  const own = z.object(shape).safeParse(env);
  if (!common.success || !own.success) {
    const issues = [...(common.error?.issues ?? []), ...(own.error?.issues ?? [])];
    throw new ConfigError(issues.map((issue) => `Environment variable ${issue.path.join('.')}: ${issue.message}.`));
  }
  const { SERVICE_NAME: name, SERVICE_VERSION: version, POD_NAME: pod, PORT: port } = common.data;
  return { name, version, pod, port, env: own.data };
}

/**
 * Runs a service's main; a ConfigError is printed, one sentence a fault, and ends the process with 64 (EX_USAGE). Any error that
 * no code catches, now or later, ends it with 1, and is logged as all others are: Node itself would print all its fields.
 */
export function runMain(main: () => Promise<void>): void {
  process.on('uncaughtException', end); // rejections that nothing handles come here too
  main().catch(end);
}

function end(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.faults.join('\n')}\n`);
    process.exit(64);
  }
  const line = { level: 60, time: new Date().toISOString(), err: errorFields(error), msg: 'uncaughtException' };
  writeSync(process.stderr.fd, `${JSON.stringify(line)}\n`);
  process.exit(1);
}
