import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http2';
import { readRequest, writeResponse } from './discovery.ts';
import { serveMethod, STREAM_WINDOW, type Call } from './grpc.ts';
import { createProxy, type ProxyState } from './proxy.ts';
import type { Refusal } from './refusal.ts';
import { type ProxyResources, wantedOf } from './resources.ts';

/** What one proxy has. */
export type Synced = Pick<ProxyState, 'isDone' | 'refusals' | 'stateOf'>;

/** A resource that a proxy does not use. */
export type RefusedBy = Refusal & { node: string };

/** The xDS server, from which proxies get their resources. */
export interface Xds {
  /** Replaces the resources of a proxy. They are sent in an order that loses no request (createProxy). */
  push(node: string, resources: ProxyResources): void;
  /** A proxy does not come back. */
  forget(node: string): void;
  /** Undefined for a proxy that neither came nor was pushed to. */
  stateOf(node: string): Synced | undefined;
  /** Calls `listen` with the node after each answer of a proxy. */
  onAnswer(listen: (node: string) => void): void;
  /**
   * From now on, the first refusal of something that a proxy was not given before stops what is sent to any proxy, until the
   * trial ends. A proxy that has been given nothing yet does not count.
   */
  beginTrial(): void;
  /** What was refused in the trial, by node. */
  refusalsOfTrial(): RefusedBy[];
  endTrial(): void;
  stop(): Promise<void>;
}

export interface XdsOptions {
  /** How long a cluster without a use stays, in ms. */
  lingerMs?: number;
}

interface Served {
  state: ProxyState;
  /** Its last stream. */
  call?: Call;
  /** Whether it was pushed to: then it is kept while it is away. */
  isKnown?: true;
}

/** An injected fault can delay a request by seconds, and Envoy looks its cluster up only afterwards. */
const LINGER_MS = 10_000;
const METHOD = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';

/**
 * Serves delta ADS (gRPC over HTTP/2) on a unix socket (0600): each proxy has one stream for all types. Throws the
 * system's error when it cannot listen. Source: envoyproxy.io, xDS REST and gRPC protocol; docs/decisions/0018.
 */
export async function serveXds(socket: string, { lingerMs = LINGER_MS }: XdsOptions = {}): Promise<Xds> {
  const proxies = new Map<string, Served>();
  const listeners = new Set<(node: string) => void>();
  /** What was refused when a trial failed: a proxy that loses its connection would forget it. */
  let failed: RefusedBy[] | undefined;

  const refusedNow = () =>
    [...proxies].flatMap(([node, { state }]) => state.refusalsOfTrial().map((refusal) => ({ ...refusal, node })));

  function proxyOf(node: string): Served {
    const known = proxies.get(node);
    if (known !== undefined) return known;
    const state = createProxy({
      lingerMs,
      isStopped: () => failed !== undefined,
      onRefusedTrial: () => void (failed ??= refusedNow()),
      onAnswer: () => listeners.forEach((listen) => listen(node)),
    });
    const fresh: Served = { state };
    proxies.set(node, fresh);
    return fresh;
  }

  function open(call: Call): void {
    let proxy: Served | undefined;
    let node = '';
    call.onMessage((bytes) => {
      const request = attempt(() => readRequest(bytes));
      if (request === undefined || (proxy === undefined && request.node === '')) return call.abort();
      if (proxy === undefined) {
        node = request.node;
        proxy = proxyOf(node);
        proxy.call = call;
        proxy.state.connect((response) => call.send(writeResponse(response)));
      }
      if (proxy.call === call) proxy.state.receive(request);
    });
    call.onClose(() => {
      if (proxy?.call !== call) return;
      proxy.state.disconnect();
      if (!proxy.isKnown && proxies.get(node) === proxy) proxies.delete(node);
    });
  }

  const server = createServer({ settings: { initialWindowSize: STREAM_WINDOW } });
  const sessions = serveMethod(server, METHOD, open);
  await rm(socket, { force: true });
  server.listen(socket);
  await once(server, 'listening');
  await chmod(socket, 0o600);

  return {
    push(node, resources) {
      const proxy = proxyOf(node);
      proxy.isKnown = true;
      proxy.state.push(wantedOf(resources));
    },
    forget(node) {
      const proxy = proxies.get(node);
      proxies.delete(node);
      proxy?.state.stop();
      proxy?.call?.end();
    },
    stateOf: (node) => proxies.get(node)?.state,
    onAnswer: (listen) => void listeners.add(listen),
    beginTrial() {
      for (const { state } of proxies.values()) state.beginTrial();
    },
    refusalsOfTrial() {
      const all = failed === undefined ? [] : [...failed, ...refusedNow()];
      return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    },
    endTrial() {
      failed = undefined;
      for (const { state } of proxies.values()) state.endTrial();
    },
    async stop() {
      for (const { state } of proxies.values()) state.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const session of sessions) session.destroy();
      await closed;
    },
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
