import type { Client } from '../client.ts';
import { referencesOf } from '../references.ts';
import type { Type } from '../wanted.ts';

interface Resource {
  name?: string;
  cluster_name?: string;
}

/** One answer that a fake proxy got. */
export interface Delivery {
  type: Type;
  /** `clusters a b`, as a test writes it. */
  what: string;
}

/**
 * A proxy without a network that does as Envoy does: it asks for listeners and clusters, asks for what those name, gives up
 * what they no longer name, and acknowledges. `hold` keeps back the acknowledgements of a type until `release`.
 */
export function startFakeProxy(client: Client) {
  const connection = {};
  const deliveries: Delivery[] = [];
  const held = new Set<string>();
  const kept: { type: Type; go: () => void }[] = [];
  const refused = new Set<Type>();
  /** What is subscribed: by type and name, with how to give it up. */
  const open = new Map<string, () => void>();

  function subscribe(type: Type, names: readonly string[]): void {
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
      const agrees = !refused.has(type);
      const go = () => setImmediate(() => ask(agrees ? version : before));
      if (agrees) follow(type, resources);
      if (held.has(type)) kept.push({ type, go });
      else go();
    };
    ask('');
  }

  /** Asks for what the listeners or clusters name, and lets go of the rest. */
  function follow(type: Type, resources: readonly Resource[]): void {
    if (type !== 'clusters' && type !== 'listeners') return;
    const named = resources.flatMap((resource) => referencesOf(JSON.stringify(resource)));
    const own = type === 'clusters' ? 'endpoints' : 'routes';
    for (const [key, giveUp] of open) {
      if (!key.startsWith(`${own} `) || named.some(({ type: of, name }) => key === keyOf(of, name))) continue;
      giveUp();
      open.delete(key);
    }
    for (const { type: of, name } of named) if (!open.has(keyOf(of, name))) subscribe(of, [name]);
  }

  subscribe('clusters', []);
  subscribe('listeners', []);

  return {
    deliveries,
    /** What came since the last time somebody looked. */
    news: () => deliveries.splice(0).map(({ what }) => what),
    hold: (type: Type) => void held.add(type),
    release(type: Type) {
      held.delete(type);
      for (const { type: of, go } of kept) if (of === type) go();
    },
    refuse: (type: Type) => void refused.add(type),
    accept: (type: Type) => void refused.delete(type),
  };
}

const keyOf = (type: Type, name = '') => `${type} ${name}`;
