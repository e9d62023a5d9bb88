import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import type { ResourceType } from '../resource-type.ts';

/** Envoy's end of a delta ADS stream: what it asks for, what it has, and the acknowledgements that wait. */
export interface ClientStream {
  /** A new stream. Everything that was asked for is asked for again; what waited to be sent on the old one is lost. */
  open(write: (request: DiscoveryRequest) => void): void;
  close(): void;
  /** Asks for all resources of a type. */
  watch(type: ResourceType): void;
  add(type: ResourceType, name: string): void;
  remove(type: ResourceType, name: string): void;
  /** While a type is paused, nothing of it is sent, no acknowledgement either. */
  pause(type: ResourceType, isPaused: boolean): void;
  /** Answers a response that is used, or that is refused for a reason; before that, sends the changed names. */
  answer(response: DiscoveryResponse, refusal: string | undefined): void;
  /** Whether a reconnect would name this cluster or listener among those that Envoy has. */
  has(type: ResourceType, name: string): boolean;
}

interface Asked {
  isWildcard: boolean;
  /** Whether nothing of the type was sent on this stream yet. */
  isFresh: boolean;
  /** All names that are asked for, and whether a response was accepted that had them. */
  names: Map<string, boolean>;
  /** The names of a wildcard that an accepted response had. */
  received: Set<string>;
  added: Set<string>;
  removed: Set<string>;
}

interface Ack {
  type: ResourceType;
  nonce: string;
  refusal: string | undefined;
}

/**
 * A stream that is not open yet. Nothing is sent before `answer` or `open`, as in Envoy, which pauses the types that a
 * response may change while it works on it. Source: Envoy, new_grpc_mux_impl.cc, new_delta_subscription_state.cc.
 */
export function createClientStream(node: string): ClientStream {
  const asked = new Map<ResourceType, Asked>();
  const paused = new Set<ResourceType>();
  let acks: Ack[] = [];
  let write: ((request: DiscoveryRequest) => void) | undefined;
  let isFirst = true;

  function stateOf(type: ResourceType, isWildcard: boolean): Asked {
    const sets = {
      names: new Map(),
      received: new Set<string>(),
      added: new Set<string>(),
      removed: new Set<string>(),
    };
    const state = asked.get(type) ?? { isWildcard, isFresh: true, ...sets };
    asked.set(type, state);
    return state;
  }

  const isPending = ({ isWildcard, isFresh, names, added, removed }: Asked) =>
    added.size + removed.size > 0 || (isFresh && (isWildcard || names.size > 0));

  /** Acknowledgements go first, and take the changed names of their type with them. */
  function flush(): void {
    while (write !== undefined) {
      const ack = acks.find(({ type }) => !paused.has(type));
      const type = ack?.type ?? [...asked].find(([one, state]) => !paused.has(one) && isPending(state))?.[0];
      if (type === undefined) return;
      acks = acks.filter((one) => one !== ack);
      send(type, ack);
    }
  }

  function send(type: ResourceType, ack: Ack | undefined): void {
    const state = asked.get(type)!;
    const { isFresh, names, received, added, removed } = state;
    const known = [...names].filter(([, isKnown]) => isKnown).map(([name]) => name);
    const request = {
      node: isFirst ? node : '',
      type,
      subscribe: [...(isFresh ? names.keys() : added)],
      unsubscribe: isFresh ? [] : [...removed],
      present: isFresh ? [...known, ...received] : [],
      nonce: ack?.nonce ?? '',
      refusal: ack?.refusal,
    };
    added.clear();
    removed.clear();
    state.isFresh = isFirst = false;
    write?.(request);
  }

  function accept({ type, resources, removed }: DiscoveryResponse): void {
    const { isWildcard, names, received } = asked.get(type)!;
    for (const { name } of resources) {
      if (isWildcard) received.add(name);
      else if (names.has(name)) names.set(name, true);
    }
    for (const name of removed) {
      received.delete(name);
      if (names.has(name)) names.set(name, false);
    }
  }

  return {
    open(writeRequest) {
      write = writeRequest;
      isFirst = true;
      acks = [];
      for (const state of asked.values()) state.isFresh = true;
      flush();
    },
    close: () => void (write = undefined),
    watch: (type) => void stateOf(type, true),
    add(type, name) {
      const { names, added, removed } = stateOf(type, false);
      names.set(name, false);
      removed.delete(name);
      added.add(name);
    },
    remove(type, name) {
      const { names, added, removed } = stateOf(type, false);
      names.delete(name);
      added.delete(name);
      removed.add(name);
    },
    pause(type, isPaused) {
      if (isPaused) paused.add(type);
      else paused.delete(type);
    },
    answer(response, refusal) {
      if (refusal === undefined) accept(response);
      flush();
      acks.push({ type: response.type, nonce: response.nonce, refusal });
      flush();
    },
    has: (type, name) => asked.get(type)?.received.has(name) ?? false,
  };
}
