import { referencesOf, type Reference } from './references.ts';
import type { Rejected, ResourceTexts, ResourceType } from './resources.ts';
import { createSubscription, type Poll, type Subscription } from './subscription.ts';

/** One proxy: the resources on offer, its subscriptions, and what it acknowledged. */
export interface Client {
  poll(poll: Poll): void;
  abandon(poll: Poll): void;
  /** A connection ended, and with it the subscriptions over it. */
  disconnect(connection: object): void;
  /** Replaces the resources of a type. Waiting requests for a version that is now old are answered at once. */
  offer(type: ResourceType, texts: ResourceTexts): void;
  offered(type: ResourceType): ResourceTexts;
  /**
   * Waits until the proxy uses everything on offer of these types: it has acknowledged them, and also the resources that they
   * need (a cluster without its endpoints is acknowledged, but not in use). Rejects with Rejected. Ends early by the signal.
   */
  acknowledged(types: readonly ResourceType[], signal: AbortSignal): Promise<void>;
  /** Ends every offer. */
  clear(): void;
  /** True without any subscription and offer. */
  isIdle(): boolean;
}

interface OpenSubscription {
  subscription: Subscription;
  type: ResourceType;
  names: readonly string[];
  connection: object;
}

const NONE: ResourceTexts = new Map();

/** A proxy without any offer: its requests wait. */
export function createClient(): Client {
  const offers = new Map<ResourceType, ResourceTexts>();
  const references = new Map<string, Reference[]>();
  const subscriptions = new Map<string, OpenSubscription>();
  const waiting = new Set<() => void>();

  function subscriptionOf({ type, names, connection }: Poll): OpenSubscription {
    const key = keyOf(type, names);
    const known = subscriptions.get(key);
    if (known?.connection === connection) return known;
    const fresh = { subscription: createSubscription(type), type, names, connection };
    subscriptions.set(key, fresh);
    fresh.subscription.offer(requestedTexts(fresh));
    return fresh;
  }

  function requestedTexts({ type, names }: OpenSubscription): ResourceTexts | undefined {
    const all = offers.get(type);
    if (all === undefined || names.length === 0) return all;
    const texts = new Map(names.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? '']] : [])));
    return texts.size === names.length ? texts : undefined;
  }

  function requiredBy(type: ResourceType): Reference[] {
    return [...(offers.get(type) ?? NONE).values()].flatMap((text) => references.get(text) ?? []);
  }

  /** Undefined while an acknowledgement is missing. */
  function stateOf(types: readonly ResourceType[]): 'acknowledged' | Rejected | undefined {
    const fetched = [...requiredBy('clusters'), ...requiredBy('listeners')].filter(({ type }) => types.includes(type));
    const whole = types.filter(isWildcard).map((type) => subscriptions.get(keyOf(type, [])));
    const named = fetched.map((reference) => [...subscriptions.values()].find((one) => subscribesTo(one, reference)));
    const states = [...whole, ...named].map((one) => one?.subscription.state() ?? 'pending');
    const rejected = states.find((state) => typeof state === 'object');
    return rejected ?? (states.includes('pending') ? undefined : 'acknowledged');
  }

  function recheck(): void {
    for (const check of waiting) check();
  }

  return {
    poll(poll) {
      subscriptionOf(poll).subscription.poll(poll);
      recheck();
    },
    abandon(poll) {
      subscriptions.get(keyOf(poll.type, poll.names))?.subscription.abandon(poll);
    },
    disconnect(connection) {
      for (const [key, one] of subscriptions) if (one.connection === connection) subscriptions.delete(key);
    },
    offer(type, texts) {
      offers.set(type, sorted(texts));
      if (isWildcard(type)) remember(references, [...offered('clusters').values(), ...offered('listeners').values()]);
      for (const one of subscriptions.values()) if (one.type === type) one.subscription.offer(requestedTexts(one));
      recheck();
    },
    offered,
    acknowledged(types, signal) {
      return new Promise((resolve, reject) => {
        function check(): void {
          const found = signal.aborted ? 'acknowledged' : stateOf(types);
          if (found === undefined) return;
          waiting.delete(check);
          signal.removeEventListener('abort', check);
          if (found === 'acknowledged') resolve();
          else reject(found);
        }
        waiting.add(check);
        signal.addEventListener('abort', check);
        check();
      });
    },
    clear() {
      offers.clear();
      for (const one of subscriptions.values()) one.subscription.offer(undefined);
    },
    isIdle: () => subscriptions.size === 0 && offers.size === 0,
  };

  function offered(type: ResourceType): ResourceTexts {
    return offers.get(type) ?? NONE;
  }
}

const isWildcard = (type: ResourceType) => type === 'listeners' || type === 'clusters';

const keyOf = (type: ResourceType, names: readonly string[]) => `${type} ${names.join(',')}`;

const subscribesTo = ({ type, names }: OpenSubscription, reference: Reference) =>
  type === reference.type && names.includes(reference.name);

/** By name: the same resources have the same version in whatever order they were given. */
function sorted(texts: ResourceTexts): ResourceTexts {
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Parses each text once. */
function remember(references: Map<string, Reference[]>, texts: readonly string[]): void {
  const known = new Map(references);
  references.clear();
  for (const text of texts) references.set(text, known.get(text) ?? referencesOf(text));
}
