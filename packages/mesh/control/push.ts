import type { Client } from './client.ts';
import { textsOf } from './wanted.ts';
import type { Texts, Type, Wanted } from './wanted.ts';

export interface PushOptions {
  /** How long what is no longer wanted stays: requests under way may still name it, and retry. Milliseconds. */
  lingerMs?: number;
  /** How long a push that was superseded may still wait for an acknowledgement. Milliseconds. */
  patienceMs?: number;
}

/** Brings one proxy from what it has to what is wanted. */
export interface Pusher {
  push(wanted: Wanted): Promise<void>;
  /** Ends what is under way and takes everything back. */
  stop(): void;
}

type AllTexts = Record<Type, Texts>;

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** A fault may delay a request by some seconds, and only then is its cluster looked up. */
const LINGER_MS = 10_000;
const PATIENCE_MS = 1_000;

const nothing = () => allTexts({ listeners: [], clusters: [], routes: [], endpoints: [], secrets: [] });

/**
 * The order of a push: clusters (new ones and old ones), endpoints and secrets; once the proxy uses them, routes; once it
 * uses those, listeners; at last the removal of what nothing names any more. Endpoints and secrets never wait for a push
 * that is under way: a pod that is gone must not be called.
 *
 * One step is acknowledged before the next is offered, and so a newer push is taken up between two steps, never within one:
 * a cluster that changes while its endpoints are on their way would look to us as if it had refused them.
 */
export function createPusher(client: Client, options: PushOptions = {}): Pusher {
  const { lingerMs = LINGER_MS, patienceMs = PATIENCE_MS } = options;
  /** What the proxy uses: it stays until nothing names it. What it refused or never took does not. */
  let had = nothing();
  let latest: AllTexts | undefined;
  let step = new AbortController();
  let impatience: NodeJS.Timeout | undefined;
  let removal: NodeJS.Timeout | undefined;
  let waiters: Waiter[] = [];
  let running = false;

  const superseded = (wanted: AllTexts) => wanted !== latest;

  function addTo(type: Type, wanted: AllTexts): void {
    client.offer(type, new Map([...had[type], ...wanted[type]]));
  }

  /** Waits for the proxy, and says whether to go on. */
  async function agreed(wanted: AllTexts, types: readonly Type[]): Promise<boolean> {
    await client.acknowledged(types, step.signal);
    if (!step.signal.aborted) for (const type of types) had[type] = client.offered(type);
    return !superseded(wanted);
  }

  async function deliver(wanted: AllTexts): Promise<void> {
    addTo('clusters', wanted);
    if (!(await agreed(wanted, ['clusters', 'endpoints', 'secrets']))) return;
    addTo('routes', wanted);
    if (!(await agreed(wanted, ['routes']))) return;
    client.offer('listeners', wanted.listeners);
    await agreed(wanted, ['listeners', 'routes', 'secrets']);
  }

  async function removeRest(wanted: AllTexts): Promise<void> {
    client.offer('routes', wanted.routes);
    client.offer('clusters', wanted.clusters);
    if (!(await agreed(wanted, ['routes', 'clusters']))) return;
    client.offer('endpoints', wanted.endpoints);
    client.offer('secrets', wanted.secrets);
    await agreed(wanted, ['endpoints', 'secrets']);
  }

  const hasRest = (wanted: AllTexts) =>
    (['routes', 'clusters', 'endpoints', 'secrets'] as const).some((type) =>
      [...had[type].keys()].some((name) => !wanted[type].has(name)),
    );

  /** Works until nothing newer is wanted, then tells everybody how that ended. */
  async function run(work: (wanted: AllTexts) => Promise<void>): Promise<void> {
    running = true;
    let failure: unknown;
    let next = work;
    for (let wanted = latest; wanted !== undefined; wanted = latest) {
      step = new AbortController();
      clearTimeout(impatience);
      impatience = undefined;
      const ended = await next(wanted).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!superseded(wanted)) {
        failure = ended;
        break;
      }
      next = deliver;
    }
    running = false;
    finish(failure);
  }

  function finish(failure: unknown): void {
    const told = waiters;
    waiters = [];
    for (const { resolve, reject } of told) {
      if (failure === undefined) resolve();
      else reject(failure);
    }
    if (failure !== undefined || latest === undefined || !hasRest(latest)) return;
    removal = setTimeout(() => void run(removeRest), lingerMs);
    removal.unref();
  }

  return {
    push(wanted) {
      clearTimeout(removal);
      latest = allTexts(wanted);
      addTo('endpoints', latest);
      addTo('secrets', latest);
      const done = new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
      if (!running) void run(deliver);
      else impatience ??= setTimeout(() => step.abort(), patienceMs);
      return done;
    },
    stop() {
      latest = undefined;
      had = nothing();
      clearTimeout(removal);
      clearTimeout(impatience);
      step.abort();
      client.clear();
      if (!running) finish(undefined);
    },
  };
}

function allTexts({ listeners, clusters, routes, endpoints, secrets }: Wanted): AllTexts {
  return {
    listeners: textsOf(listeners),
    clusters: textsOf(clusters),
    routes: textsOf(routes),
    endpoints: textsOf(endpoints),
    secrets: textsOf(secrets),
  };
}
