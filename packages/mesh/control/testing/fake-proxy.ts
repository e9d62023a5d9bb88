import type { Client } from '../client.ts';
import { referencesOf } from '../references.ts';
import type { ResourceType } from '../resources.ts';

interface Resource {
  name?: string;
  cluster_name?: string;
}

/** One answer that a fake proxy got. */
export interface Delivery {
  type: ResourceType;
  /** `clusters a b`, as a test writes it. */
  what: string;
}

/**
 * A proxy without a network that behaves as Envoy: it subscribes to listeners and clusters, subscribes to what those name, ends
 * the subscriptions that they no longer name, and acknowledges. `hold` keeps back the acknowledgements of a type until `release`.
 */
export function startFakeProxy(client: Client) {
  const connection = {};
  const deliveries: Delivery[] = [];
  const held = new Set<string>();
  const kept: { type: ResourceType; go: () => void }[] = [];
  const rejected = new Set<ResourceType>();
  /** The subscriptions by type and name, each with the function that ends it. */
  const open = new Map<string, () => void>();

  function subscribe(type: ResourceType, names: readonly string[]): void {
    let current: Parameters<Client['poll']>[0] | undefined;
    let over = false;
    open.set(keyOf(type, names[0]), () => {
      over = true;
      if (current !== undefined) client.abandon(current);
    });
    const ask = (version: string) => {
      if (over) return;
      current = { type, names, version, connection, reply: (body) => answer(version, body) };
      client.poll(current);
    };
    const answer = (before: string, body: string) => {
      const { version_info: version, resources } = JSON.parse(body);
      const what = `${type} ${resources.map(({ name, cluster_name }: Resource) => name ?? cluster_name).join(' ')}`;
      deliveries.push({ type, what: what.trim() });
      const agrees = !rejected.has(type);
      const go = () => setImmediate(() => ask(agrees ? version : before));
      if (agrees) follow(type, resources);
      if (held.has(type)) kept.push({ type, go });
      else go();
    };
    ask('');
  }

  /** Subscribes to what the listeners or clusters name, and ends the other subscriptions. */
  function follow(type: ResourceType, resources: readonly Resource[]): void {
    if (type !== 'clusters' && type !== 'listeners') return;
    const named = resources.flatMap((resource) => referencesOf(JSON.stringify(resource)));
    const own = type === 'clusters' ? 'endpoints' : 'routes';
    for (const [key, unsubscribe] of open) {
      if (!key.startsWith(`${own} `) || named.some(({ type: of, name }) => key === keyOf(of, name))) continue;
      unsubscribe();
      open.delete(key);
    }
    for (const { type: of, name } of named) if (!open.has(keyOf(of, name))) subscribe(of, [name]);
  }

  subscribe('clusters', []);
  subscribe('listeners', []);

  return {
    deliveries,
    /** The deliveries since the last call. */
    takeDeliveries: () => deliveries.splice(0).map(({ what }) => what),
    hold: (type: ResourceType) => void held.add(type),
    release(type: ResourceType) {
      held.delete(type);
      for (const { type: of, go } of kept) if (of === type) go();
    },
    reject: (type: ResourceType) => void rejected.add(type),
    accept: (type: ResourceType) => void rejected.delete(type),
  };
}

const keyOf = (type: ResourceType, name = '') => `${type} ${name}`;
