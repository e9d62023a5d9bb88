import type { DiscoveryRequest, DiscoveryResponse } from './discovery.ts';
import { takenPort, withoutFaults, type Refusal } from './refusal.ts';
import { createSubscription, type Subscription } from './subscription.ts';
import { RESOURCE_TYPES, type ResourceType } from './resource-type.ts';
import type { Versioned, Wanted } from './resources.ts';

/** As `istioctl proxy-status`: not sent because nobody asked; sent and not answered; refused, and the last accepted version is in use. */
export type SyncState = 'NOT SENT' | 'STALE' | 'SYNCED' | 'ERROR';

/** One proxy: the resources that it shall have, its stream, and what it has. */
export interface ProxyState {
  /** A new stream of this proxy; an older one does not count any more. */
  connect(send: (response: DiscoveryResponse) => void): void;
  receive(request: DiscoveryRequest): void;
  disconnect(): void;
  /** Replaces the resources that it shall have. */
  push(wanted: Wanted): void;
  /** Sends what may be sent now. May be called at any time. */
  advance(): void;
  /** Whether it uses, or has refused, everything of the last push. */
  isDone(): boolean;
  refusals(): Refusal[];
  stateOf(type: ResourceType): SyncState;
  /** Remembers the last push as the one before a trial. */
  beginTrial(): void;
  /** What it refuses that it was not given before the trial, except endpoints and secrets, which no object describes. */
  refusalsOfTrial(): Refusal[];
  endTrial(): void;
  stop(): void;
}

export interface ProxyOptions {
  /** How long a cluster without a use stays: requests under way may still name it, and retry. Milliseconds. */
  lingerMs: number;
  /** Whether a trial has failed: then nothing is sent until it ends. */
  isStopped(): boolean;
  /** Called when something is refused that was not given before the trial. */
  onRefusedTrial(): void;
  /** Called after each answer of the proxy. */
  onAnswer(): void;
}

/**
 * A proxy without a stream and resources. What it lacks is sent in this order: clusters, endpoints and secrets; when it
 * has accepted them, routes; then listeners; after the linger, without the clusters that are not wanted any more. A
 * cluster is accepted only once it has its endpoints and secrets, so no route leads to one that is not ready.
 * A push only replaces what is wanted, so a push during another one needs no care.
 * Source: envoyproxy.io, xDS protocol, "Eventual consistency considerations" (make before break).
 */
export function createProxy({ lingerMs, isStopped, onRefusedTrial, onAnswer }: ProxyOptions): ProxyState {
  /** All of the last push, and what of it may be sent. */
  let pushed: Wanted | undefined;
  let wanted: Wanted | undefined;
  let faults: Refusal[] = [];
  let beforeTrial: Wanted | undefined;
  let send: ((response: DiscoveryResponse) => void) | undefined;
  const subscriptions = new Map<ResourceType, Subscription>();
  /** Since when, by performance.now(), a cluster of the proxy is not wanted. */
  const unused = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  /** Sends the next response of a type. True while one is under way. */
  function bring(type: ResourceType, removable?: readonly string[]): boolean {
    const subscription = subscriptions.get(type);
    if (subscription === undefined || wanted === undefined) return false;
    const response = subscription.next(wanted[type], removable);
    if (response === undefined) return subscription.isBusy();
    send?.(response);
    // Envoy does not ask again for the endpoints of a cluster that changed: it is subscribed to them already.
    if (type === 'clusters')
      subscriptions.get('endpoints')?.repeat(response.resources.flatMap((one) => namesOf(one, 'endpoints')));
    return true;
  }

  function advance(): void {
    if (wanted === undefined || send === undefined || isStopped()) return;
    const first = [bring('clusters'), bring('endpoints'), bring('secrets')];
    // After a reconnect Envoy may ask for routes first: it holds back clusters while one of them warms.
    if (
      first.includes(true) ||
      !subscriptions.has('clusters') ||
      bring('routes') ||
      bring('listeners', leftOver('listeners'))
    )
      return;
    removeUnused();
  }

  const leftOver = (type: ResourceType) =>
    subscriptions
      .get(type)
      ?.names()
      .filter((name) => !pushed?.[type].has(name)) ?? [];

  function removeUnused(): void {
    clearTimeout(timer);
    // What is in use in place of a refused route or listener may still name these clusters.
    if (refusals().some(({ type }) => type === 'routes' || type === 'listeners')) return;
    const now = performance.now();
    const names = leftOver('clusters');
    for (const name of unused.keys()) if (!names.includes(name)) unused.delete(name);
    for (const name of names) if (!unused.has(name)) unused.set(name, now);
    if (unused.size === 0) return;
    const due = names.filter((name) => now - (unused.get(name) ?? now) >= lingerMs);
    if (due.length > 0) return void bring('clusters', due);
    timer = setTimeout(advance, Math.min(...unused.values()) + lingerMs - now);
    timer.unref();
  }

  function refusals(): Refusal[] {
    return RESOURCE_TYPES.flatMap((type) =>
      [...(wanted?.[type].values() ?? [])].flatMap((one) => {
        const reason = subscriptions.get(type)?.refusalOf(one);
        return reason === undefined ? [] : [{ type, name: one.name, reason }];
      }),
    ).concat(faults);
  }

  /** Whether the proxy has what a listener or cluster that it uses needs. */
  function isWarm({ references }: Versioned): boolean {
    return references.every(({ type, name }) => {
      const subscription = subscriptions.get(type);
      const one = wanted?.[type].get(name);
      return one === undefined || subscription?.uses(one) || subscription?.refusalOf(one) !== undefined;
    });
  }

  function refusalsOfTrial(): Refusal[] {
    const versionOf = (all: Wanted | undefined, { type, name }: Refusal) => all?.[type].get(name)?.version;
    if (beforeTrial === undefined) return [];
    return refusals()
      .filter(({ type, reason }) => type !== 'endpoints' && type !== 'secrets' && takenPort(reason) === undefined)
      .filter((refusal) => versionOf(beforeTrial, refusal) !== versionOf(pushed, refusal));
  }

  function checkTrial(): void {
    if (refusalsOfTrial().length > 0) onRefusedTrial();
  }

  return {
    connect(sendResponse) {
      subscriptions.clear();
      unused.clear();
      send = sendResponse;
    },
    receive(request) {
      const { type } = request;
      if (type === undefined) return;
      const subscription = subscriptions.get(type) ?? createSubscription(type);
      subscriptions.set(type, subscription);
      subscription.receive(request);
      if (request.refusal !== undefined) checkTrial();
      advance();
      onAnswer();
    },
    disconnect() {
      send = undefined;
      subscriptions.clear();
      clearTimeout(timer);
    },
    push(all) {
      pushed = all;
      [wanted, faults] = withoutFaults(all);
      checkTrial();
      advance();
    },
    advance,
    isDone() {
      if (wanted === undefined || send === undefined) return false;
      const used = (['clusters', 'listeners'] as const).every((type) => {
        const subscription = subscriptions.get(type);
        if (subscription === undefined || !subscription.isAnswered(wanted![type])) return false;
        return [...wanted![type].values()].every((one) => !subscription.uses(one) || isWarm(one));
      });
      return used && RESOURCE_TYPES.every((type) => subscriptions.get(type)?.isAnswered(wanted![type]) ?? true);
    },
    refusals,
    stateOf(type) {
      const subscription = subscriptions.get(type);
      if (wanted === undefined || subscription === undefined) return 'NOT SENT';
      if (refusals().some((one) => one.type === type)) return 'ERROR';
      return subscription.isBusy() || !subscription.isAnswered(wanted[type]) ? 'STALE' : 'SYNCED';
    },
    beginTrial() {
      beforeTrial = pushed;
    },
    refusalsOfTrial,
    endTrial() {
      beforeTrial = undefined;
      advance();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

const namesOf = ({ references }: Versioned, type: ResourceType) =>
  references.filter((reference) => reference.type === type).map(({ name }) => name);
