import type { Callers } from './callers.ts';
import type { Traces } from './traces.ts';

/** A pod, in whichever place it runs. */
export interface PodState {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  ready: boolean;
  /** How often its containers have been restarted, all together. */
  restarts: number;
}

/** The options to start a place. */
export interface PlaceOptions {
  /** The environment of the place's programs: PATH, and KUBECONFIG or DOCKER_HOST where they are needed. */
  env: Record<string, string | undefined>;
}

/**
 * The running shop, wherever it runs: tests, labs and experiments use it in the same way. `openPlace` starts one.
 * Every member throws an Error with the words of the place's own tool when that tool fails.
 */
export interface Place extends AsyncDisposable {
  /** Stops what `openPlace` has started: the whole shop, or on a cluster only what was added to it. */
  [Symbol.asyncDispose](): Promise<void>;
  /** The gateway's URL, without a slash at the end. */
  url: string;
  /**
   * Sends a request to the shop's gateway; `path` begins with a slash. Gives the answer, whatever its status. Throws what
   * `fetch` throws when there is none, after 10 s unless `init` has a signal of its own.
   */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Applies files as `kubectl apply -f` does; returns when they are in force. */
  apply(...files: string[]): Promise<void>;
  /** Deletes what the files name; returns when that is in force. */
  delete(...files: string[]): Promise<void>;
  /** Applies the base and deletes the objects that lessons have added. */
  reset(): Promise<void>;
  /** The pods of the shop's namespace. */
  pods(): Promise<PodState[]>;
  /** Kills the application's container of a pod, as SIGKILL does; returns at once, before it is restarted. */
  kill(pod: string): Promise<void>;
  /** The log of a pod's application, also of the run before its last restart. */
  logs(pod: string): Promise<string>;
  /** A pod's metrics in Prometheus' text format, from the application itself. Throws for a pod that has none. */
  metrics(pod: string): Promise<string>;
  /** Runs a command of the place's own tool (kubectl, tuesday or docker compose) and gives what it printed. Throws for a non-zero exit. */
  command(...words: string[]): Promise<string>;
  /** Rows of a query on one of the shop's databases, as its administrator; `$1`… in the text stand for the values. */
  sql<Row extends object>(database: string, text: string, values?: unknown[]): Promise<Row[]>;
  callers: Callers;
  traces: Traces;
}
