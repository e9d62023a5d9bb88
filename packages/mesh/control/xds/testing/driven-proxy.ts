import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import { createProxy, type ProxyState } from '../proxy.ts';
import type { ResourceType } from '../resource-type.ts';
import type { Wanted } from '../resources.ts';
import { brief, request } from './request.ts';

/** The control plane's state of a proxy, whose other end does only what a test says. */
export interface DrivenProxy {
  state: ProxyState;
  /** A new stream, over which nothing is asked for yet. */
  connect(): void;
  /** Asks for these names; without any, for all of a wildcard type. */
  ask(type: ResourceType, names?: readonly string[], more?: Partial<DiscoveryRequest>): void;
  accept(type: ResourceType): void;
  refuse(type: ResourceType, reason?: string): void;
  /** What was sent since the last call, each response as `clusters a b1 -c`. */
  news(): string[];
  /** Pushes, asks for whatever the resources name, and accepts until nothing more is sent. */
  settle(wanted: Wanted): void;
}

/** A trial of several proxies, as the server runs it. */
export interface Trial {
  begin(proxies: readonly DrivenProxy[]): void;
  end(proxies: readonly DrivenProxy[]): void;
  hasFailed(): boolean;
  refused(): void;
}

/** No trial yet. */
export function createTrial(): Trial {
  let isRunning = false;
  let hasFailed = false;
  return {
    begin(proxies) {
      isRunning = true;
      for (const { state } of proxies) state.beginTrial();
    },
    end(proxies) {
      isRunning = hasFailed = false;
      for (const { state } of proxies) state.endTrial();
    },
    hasFailed: () => hasFailed,
    refused: () => void (hasFailed = isRunning),
  };
}

/** A proxy that has just connected. */
export function startDrivenProxy({ lingerMs = 0, trial = createTrial() } = {}): DrivenProxy {
  let unseen: DiscoveryResponse[] = [];
  const unanswered = new Map<ResourceType, DiscoveryResponse>();
  const asked = new Set<string>();
  const { hasFailed, refused } = trial;
  const state = createProxy({
    lingerMs,
    isStopped: hasFailed,
    onRefusedTrial: refused,
    onAnswer: () => undefined,
  });

  function connect(): void {
    unanswered.clear();
    asked.clear();
    state.connect((response) => {
      unseen.push(response);
      unanswered.set(response.type, response);
    });
  }

  function ask(type: ResourceType, names: readonly string[] = [], more: Partial<DiscoveryRequest> = {}): void {
    for (const name of ['', ...names]) asked.add(`${type} ${name}`);
    state.receive(request({ ...more, type, subscribe: [...names] }));
  }

  function answer(type: ResourceType, refusal?: string): DiscoveryResponse {
    const response = unanswered.get(type);
    if (response === undefined) throw new Error(`No response of ${type} waits for an answer.`);
    unanswered.delete(type);
    state.receive(request({ type, nonce: response.nonce, refusal }));
    return response;
  }

  /** As Envoy: what a resource names is asked for before the resource is accepted. */
  function follow(type: ResourceType): void {
    for (const { references } of unanswered.get(type)?.resources ?? [])
      for (const { type: needed, name } of references) if (!asked.has(`${needed} ${name}`)) ask(needed, [name]);
    answer(type);
  }

  connect();
  return {
    state,
    connect,
    ask,
    accept: (type) => void answer(type),
    refuse: (type, reason = 'bad') => void answer(type, reason),
    news() {
      const news = unseen.map(brief);
      unseen = [];
      return news;
    },
    settle(wanted) {
      state.push(wanted);
      for (const type of ['clusters', 'listeners'] as const) if (!asked.has(`${type} `)) ask(type);
      for (let most = 100; unanswered.size > 0 && most > 0; most -= 1) follow([...unanswered.keys()][0]!);
      unseen = [];
    },
  };
}
