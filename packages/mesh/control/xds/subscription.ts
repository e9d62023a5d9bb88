import type { DiscoveryRequest, DiscoveryResponse } from './discovery.ts';
import { shortReason } from './refusal.ts';
import type { ResourceType } from './resource-type.ts';
import type { Versioned } from './resources.ts';

/** The resources of one type that a proxy has asked for, over one stream. */
export interface Subscription {
  /** Reads the names of a request, and what it says of the response under way. */
  receive(request: DiscoveryRequest): void;
  /**
   * The next response, and marks it as under way: what the proxy lacks of `wanted`, and without the resources that are
   * `removable`. Undefined while a response is under way, and where there is nothing to say.
   */
  next(wanted: ReadonlyMap<string, Versioned>, removable?: readonly string[]): DiscoveryResponse | undefined;
  /** Sends these names again, whatever the proxy has: a cluster that changed waits for its endpoints. */
  repeat(names: readonly string[]): void;
  isBusy(): boolean;
  /** Whether the proxy uses this very version. */
  uses(one: Pick<Versioned, 'name' | 'version'>): boolean;
  /** Why the proxy refuses this very version; undefined where it does not. */
  refusalOf(one: Pick<Versioned, 'name' | 'version'>): string | undefined;
  /** The names that the proxy has, in whatever version. */
  names(): readonly string[];
  /** Whether the proxy has an answer to everything of `wanted` that it has asked for. */
  isAnswered(wanted: ReadonlyMap<string, Versioned>): boolean;
}

/** A response under way. A removed resource has no version. */
interface Flight {
  nonce: string;
  versions: Map<string, string | undefined>;
  /** Names of it that are sent once more afterwards. */
  repeated: Set<string>;
}

interface Refusal {
  version: string;
  reason: string;
}

/** A version that no resource has: the proxy has some version, or was answered that there is none. */
const SOME = '';
const NONE = '-';
let nonces = 0;

/**
 * A subscription at its first request. Listeners and clusters are asked for as a whole, the others by name. There is one
 * response under way at most. A response that the proxy refuses may have been used in part, so nothing of it counts:
 * its halves are sent in turn, until the resource at fault is alone.
 * Source: envoyproxy.io, xDS REST and gRPC protocol, "Incremental xDS", "ACK/NACK and resource type instance version".
 */
export function createSubscription(type: ResourceType): Subscription {
  const isWildcard = type === 'clusters' || type === 'listeners';
  const asked = new Set<string>();
  const has = new Map<string, string>();
  const refused = new Map<string, Refusal>();
  let flight: Flight | undefined;
  /** The start of a proxy waits for the first answer of these types, even if there is nothing. */
  let isGreeted = !isWildcard;
  let most = Infinity;

  const uses: Subscription['uses'] = ({ name, version }) => has.get(name) === version;
  const refusalOf: Subscription['refusalOf'] = ({ name, version }) => {
    const refusal = refused.get(name);
    return refusal?.version === version ? refusal.reason : undefined;
  };
  const lacks = (one: Versioned) => !uses(one) && refusalOf(one) === undefined;

  function* askedOf(wanted: ReadonlyMap<string, Versioned>): Generator<Versioned> {
    if (isWildcard) return yield* wanted.values();
    for (const name of asked) {
      const one = wanted.get(name);
      if (one !== undefined) yield one;
    }
  }

  /** A name without a resource is answered too: a cluster that waits for it holds up all clusters. */
  function missingOf(wanted: ReadonlyMap<string, Versioned>): string[] {
    const isMissing = (one: Versioned | undefined) => one === undefined || refusalOf(one) !== undefined;
    return [...asked].filter((name) => (has.get(name) ?? SOME) === SOME && isMissing(wanted.get(name)));
  }

  function accept({ versions, repeated }: Flight): void {
    for (const [name, version] of versions) {
      // The answer that there is none is no answer to the version that was refused.
      if (version !== undefined || isWildcard) refused.delete(name);
      if (isWildcard && version === undefined) has.delete(name);
      else if ((isWildcard || asked.has(name)) && !repeated.has(name)) has.set(name, version ?? NONE);
    }
  }

  function refuse({ versions }: Flight, reason: string): void {
    const isAlone = versions.size <= 1;
    most = isAlone ? Infinity : Math.ceil(versions.size / 2);
    for (const [name, version] of versions) {
      if (version === undefined && !isAlone) continue;
      if (version === undefined && isWildcard) has.delete(name);
      else if (version === undefined) has.set(name, NONE);
      else if (isAlone) refused.set(name, { version, reason: shortReason(reason) });
      else if (isWildcard || has.has(name)) has.set(name, SOME);
    }
  }

  function repeat(names: readonly string[]): void {
    for (const name of names) {
      has.delete(name);
      flight?.repeated.add(name);
    }
  }

  return {
    receive({ subscribe, unsubscribe, present, nonce, refusal }) {
      const names = subscribe.filter((name) => name !== '*');
      for (const name of names) asked.add(name);
      repeat(names);
      for (const name of present) has.set(name, SOME);
      for (const name of unsubscribe) for (const known of [asked, has, refused]) known.delete(name);
      if (flight === undefined || flight.nonce !== nonce) return;
      const answered = flight;
      flight = undefined;
      if (refusal === undefined) accept(answered);
      else refuse(answered, refusal);
    },
    next(wanted, removable = []) {
      if (flight !== undefined) return undefined;
      // A refusal counts while its version is wanted: what comes back later is sent again.
      for (const [name, { version }] of refused) if (wanted.get(name)?.version !== version) refused.delete(name);
      const lacking = [...askedOf(wanted)].filter(lacks);
      const resources = lacking.slice(0, most);
      const gone = isWildcard ? removable.filter((name) => has.has(name)) : missingOf(wanted);
      // While a resource at fault is looked for, a response has nothing else in it.
      const removed = most < Infinity && resources.length > 0 ? [] : gone.slice(0, most);
      if (resources.length + removed.length === 0) most = Infinity;
      if (resources.length + removed.length === 0 && isGreeted) return undefined;
      isGreeted = true;
      const versions = resources.map(({ name, version }) => [name, version] as const);
      const without = removed.map((name) => [name, undefined] as const);
      flight = { nonce: String((nonces += 1)), versions: new Map([...versions, ...without]), repeated: new Set() };
      return { type, nonce: flight.nonce, resources, removed };
    },
    repeat,
    isBusy: () => flight !== undefined,
    uses,
    refusalOf,
    names: () => [...has.keys()],
    isAnswered: (wanted) => ![...askedOf(wanted)].some(lacks),
  };
}
