import type { Client } from './client.ts';
import { RESOURCE_TYPES, textsOf, type ResourceTexts, type ResourceType, type ProxyResources } from './resources.ts';

export interface PushOptions {
  /** How long a removed resource stays: requests under way may still name it, and retry. Milliseconds. */
  lingerMs?: number;
  /** How long a superseded push may still wait for an acknowledgement. Milliseconds. */
  supersedeAfterMs?: number;
}

/** Brings one proxy from the resources that it has to those of the last push. */
export interface Pusher {
  /** Resolves when the proxy uses all of the last push; rejects with Rejected. */
  push(resources: ProxyResources): Promise<void>;
  /** Ends the push under way, and offers nothing any more. */
  stop(): void;
}

type AllTexts = Record<ResourceType, ResourceTexts>;

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** An injected fault can delay a request by seconds, and Envoy looks its cluster up only afterwards. */
const LINGER_MS = 10_000;
const SUPERSEDE_AFTER_MS = 1_000;

const nothing = () => allTexts({ listeners: [], clusters: [], routes: [], endpoints: [], secrets: [] });

/**
 * The order of a push: first clusters (new and old), endpoints and secrets; when the proxy uses them, routes; when it uses
 * those, listeners; after the linger, removals of resources that nothing names any more. Endpoints and secrets do not wait
 * for a push under way: a pod that is gone must not be called.
 *
 * Each step is acknowledged before the next is offered. A newer push starts between two steps, never within one: if a
 * cluster changed while its endpoints are on their way, its new subscription would look like a rejection of them.
 * Source: envoyproxy.io, xDS protocol, "Eventual consistency considerations" (make before break).
 */
export function createPusher(client: Client, options: PushOptions = {}): Pusher {
  const { lingerMs = LINGER_MS, supersedeAfterMs = SUPERSEDE_AFTER_MS } = options;
  /** The resources that the proxy has acknowledged: they stay until nothing names them. */
  let inUse = nothing();
  let latest: AllTexts | undefined;
  let step = new AbortController();
  let supersedeTimer: NodeJS.Timeout | undefined;
  let removal: NodeJS.Timeout | undefined;
  let waiters: Waiter[] = [];
  let running = false;

  const superseded = (resources: AllTexts) => resources !== latest;

  function addTo(type: ResourceType, resources: AllTexts): void {
    client.offer(type, new Map([...inUse[type], ...resources[type]]));
  }

  /** Waits until the proxy uses these types; false if a newer push has superseded this one. */
  async function acknowledged(resources: AllTexts, types: readonly ResourceType[]): Promise<boolean> {
    await client.acknowledged(types, step.signal);
    if (!step.signal.aborted) for (const type of types) inUse[type] = client.offered(type);
    return !superseded(resources);
  }

  async function deliver(resources: AllTexts): Promise<void> {
    addTo('clusters', resources);
    if (!(await acknowledged(resources, ['clusters', 'endpoints', 'secrets']))) return;
    addTo('routes', resources);
    if (!(await acknowledged(resources, ['routes']))) return;
    client.offer('listeners', resources.listeners);
    await acknowledged(resources, ['listeners', 'routes', 'secrets']);
  }

  async function removeRest(resources: AllTexts): Promise<void> {
    client.offer('routes', resources.routes);
    client.offer('clusters', resources.clusters);
    if (!(await acknowledged(resources, ['routes', 'clusters']))) return;
    client.offer('endpoints', resources.endpoints);
    client.offer('secrets', resources.secrets);
    await acknowledged(resources, ['endpoints', 'secrets']);
  }

  const hasRest = (resources: AllTexts) =>
    (['routes', 'clusters', 'endpoints', 'secrets'] as const).some((type) =>
      [...inUse[type].keys()].some((name) => !resources[type].has(name)),
    );

  /** Works until there is no newer push, then settles the promises of all pushes with the result. */
  async function run(work: (resources: AllTexts) => Promise<void>): Promise<void> {
    running = true;
    let failure: unknown;
    let next = work;
    for (let resources = latest; resources !== undefined; resources = latest) {
      step = new AbortController();
      clearTimeout(supersedeTimer);
      supersedeTimer = undefined;
      const ended = await next(resources).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!superseded(resources)) {
        failure = ended;
        break;
      }
      next = deliver;
    }
    running = false;
    finish(failure);
  }

  function finish(failure: unknown): void {
    const settled = waiters;
    waiters = [];
    for (const { resolve, reject } of settled) {
      if (failure === undefined) resolve();
      else reject(failure);
    }
    if (failure !== undefined || latest === undefined || !hasRest(latest)) return;
    removal = setTimeout(() => void run(removeRest), lingerMs);
    removal.unref();
  }

  return {
    push(resources) {
      clearTimeout(removal);
      latest = allTexts(resources);
      addTo('endpoints', latest);
      addTo('secrets', latest);
      const done = new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
      if (!running) void run(deliver);
      else supersedeTimer ??= setTimeout(() => step.abort(), supersedeAfterMs);
      return done;
    },
    stop() {
      latest = undefined;
      inUse = nothing();
      clearTimeout(removal);
      clearTimeout(supersedeTimer);
      step.abort();
      client.clear();
      if (!running) finish(undefined);
    },
  };
}

function allTexts(resources: ProxyResources): AllTexts {
  return Object.fromEntries(RESOURCE_TYPES.map((type) => [type, textsOf(resources[type])])) as AllTexts;
}
