import { referencesOf } from './references.ts';
import type { Reference } from './references.ts';
import type { Rejected, Texts, Type } from './wanted.ts';
import { createWatch } from './watch.ts';
import type { Poll, Watch } from './watch.ts';

/** One proxy: what it is offered, what it asks for, and what it has said. */
export interface Client {
  poll(poll: Poll): void;
  abandon(poll: Poll): void;
  /** A connection ended: what the proxy said over it no longer counts. */
  disconnect(connection: object): void;
  /** Replaces what is there of a type. Whoever waits for it is answered at once, if it is new to them. */
  offer(type: Type, texts: Texts): void;
  offered(type: Type): Texts;
  /**
   * Waits until the proxy uses everything on offer of these types: it has acknowledged it, and also everything that it must
   * fetch before (a cluster without its endpoints is acknowledged, but not there). Throws Rejected. Ends early with the signal.
   */
  acknowledged(types: readonly Type[], signal: AbortSignal): Promise<void>;
  /** Takes back every offer. */
  clear(): void;
  /** Whether nobody asks and nothing is offered. */
  isIdle(): boolean;
}

interface Subscription {
  watch: Watch;
  type: Type;
  names: readonly string[];
  connection: object;
}

const NONE: Texts = new Map();

/** A proxy of which nothing is known: its requests wait. */
export function createClient(): Client {
  const offers = new Map<Type, Texts>();
  const references = new Map<string, Reference[]>();
  const subscriptions = new Map<string, Subscription>();
  const waiting = new Set<() => void>();

  function subscriptionOf({ type, names, connection }: Poll): Subscription {
    const key = keyOf(type, names);
    const known = subscriptions.get(key);
    if (known?.connection === connection) return known;
    const fresh = { watch: createWatch(type), type, names, connection };
    subscriptions.set(key, fresh);
    fresh.watch.offer(pick(fresh));
    return fresh;
  }

  function pick({ type, names }: Subscription): Texts | undefined {
    const all = offers.get(type);
    if (all === undefined || names.length === 0) return all;
    const texts = new Map(names.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? '']] : [])));
    return texts.size === names.length ? texts : undefined;
  }

  function requiredBy(type: Type): Reference[] {
    return [...(offers.get(type) ?? NONE).values()].flatMap((text) => references.get(text) ?? []);
  }

  /** Undefined while something is missing. */
  function verdict(types: readonly Type[]): 'acknowledged' | Rejected | undefined {
    const fetched = [...requiredBy('clusters'), ...requiredBy('listeners')].filter(({ type }) => types.includes(type));
    const whole = types.filter(isWhole).map((type) => subscriptions.get(keyOf(type, [])));
    const named = fetched.map((reference) => [...subscriptions.values()].find((one) => answers(one, reference)));
    const states = [...whole, ...named].map((one) => one?.watch.state() ?? 'pending');
    const rejected = states.find((state) => typeof state === 'object');
    return rejected ?? (states.includes('pending') ? undefined : 'acknowledged');
  }

  function tell(): void {
    for (const look of waiting) look();
  }

  return {
    poll(poll) {
      subscriptionOf(poll).watch.poll(poll);
      tell();
    },
    abandon(poll) {
      subscriptions.get(keyOf(poll.type, poll.names))?.watch.abandon(poll);
    },
    disconnect(connection) {
      for (const [key, one] of subscriptions) if (one.connection === connection) subscriptions.delete(key);
    },
    offer(type, texts) {
      offers.set(type, sorted(texts));
      if (isWhole(type)) remember(references, [...offered('clusters').values(), ...offered('listeners').values()]);
      for (const one of subscriptions.values()) if (one.type === type) one.watch.offer(pick(one));
      tell();
    },
    offered,
    acknowledged(types, signal) {
      return new Promise((resolve, reject) => {
        function look(): void {
          const found = signal.aborted ? 'acknowledged' : verdict(types);
          if (found === undefined) return;
          waiting.delete(look);
          signal.removeEventListener('abort', look);
          if (found === 'acknowledged') resolve();
          else reject(found);
        }
        waiting.add(look);
        signal.addEventListener('abort', look);
        look();
      });
    },
    clear() {
      offers.clear();
      for (const one of subscriptions.values()) one.watch.offer(undefined);
    },
    isIdle: () => subscriptions.size === 0 && offers.size === 0,
  };

  function offered(type: Type): Texts {
    return offers.get(type) ?? NONE;
  }
}

const isWhole = (type: Type) => type === 'listeners' || type === 'clusters';

const keyOf = (type: Type, names: readonly string[]) => `${type} ${names.join(',')}`;

const answers = ({ type, names }: Subscription, reference: Reference) =>
  type === reference.type && names.includes(reference.name);

/** By name, so that the same resources are the same version in whatever order they came. */
function sorted(texts: Texts): Texts {
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Looks each text through once. */
function remember(references: Map<string, Reference[]>, texts: readonly string[]): void {
  const known = new Map(references);
  references.clear();
  for (const text of texts) references.set(text, known.get(text) ?? referencesOf(text));
}
