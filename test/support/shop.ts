import { startComposeShop } from './compose.ts';
import { startKubernetesShop } from './kubernetes.ts';
import { sharedLocalShop } from './local/shared.ts';
import type { Outcome, Probe } from './probe.ts';
import type { JaegerTrace } from './trace.ts';

/** A pod as the suite sees it, in whichever place it runs. */
export interface PodState {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  ready: boolean;
  restarts: number;
}

/** Who asks the network: an account of the shop's namespace, with its sidecar, or one of the two ways to have none. */
export type Caller = { account: string } | 'pod without sidecar' | 'uninjected namespace';

/** The shop, running: the only way the end-to-end tests touch it, so that the same files run in every place. */
export interface Shop extends AsyncDisposable {
  /** Stops the shop and leaves nothing. */
  [Symbol.asyncDispose](): Promise<void>;
  /** Where requests from outside enter, without a slash at the end. */
  url: string;
  /** Applies files as `kubectl apply -f` would; returns when they are in force. */
  apply(...files: string[]): Promise<void>;
  /** Deletes what the files name; returns when that is in force. */
  delete(...files: string[]): Promise<void>;
  /** Applies the base and deletes what lessons have added. */
  reset(): Promise<void>;
  /** The pods of the shop's namespace. */
  pods(): Promise<PodState[]>;
  /** Kills the pod's container with SIGKILL; its restart is not awaited. */
  kill(pod: string): Promise<void>;
  /** Runs a command of the place's own tool (`kubectl` words) and gives what it printed; throws on a non-zero exit. */
  command(...words: string[]): Promise<string>;
  /** Rows of a query on one of the shop's databases, as its administrator. */
  sql<Row extends object>(database: string, text: string, values?: unknown[]): Promise<Row[]>;
  /** What a pod's application has logged, all containers' lives together. */
  logs(pod: string): Promise<string>;
  /** Callers within the network, once `place` has put them there. */
  callers: {
    place(...callers: Caller[]): Promise<void>;
    remove(...callers: Caller[]): Promise<void>;
    probe(caller: Caller, probes: readonly Probe[]): Promise<Outcome[]>;
  };
  traces: {
    /** A trace by its id, or undefined while nothing of it has arrived. */
    get(id: string): Promise<JaegerTrace | undefined>;
    /** The newest traces over all services. */
    newest(limit: number): Promise<JaegerTrace[]>;
  };
}

const PLACES: Record<string, () => Promise<Shop>> = {
  local: sharedLocalShop,
  kubernetes: startKubernetesShop,
  compose: startComposeShop,
};

/** Where this run's shop is. */
export const PLACE = process.env['PLACE'] ?? 'local';

/** Starts the shop in the place that PLACE names (default `local`). Throws for an unknown place. */
export async function startShop(): Promise<Shop> {
  const start = PLACES[PLACE];
  if (!start) throw new Error(`PLACE=${PLACE} is unknown; the places are ${Object.keys(PLACES).join(', ')}.`);
  return start();
}
