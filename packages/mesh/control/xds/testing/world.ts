import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import { createProxy, type ProxyState } from '../proxy.ts';
import type { Refusal } from '../refusal.ts';
import type { ResourceType } from '../resource-type.ts';
import type { Wanted } from '../resources.ts';
import { createRules, type Rules } from './rules.ts';
import type { Random } from './random.ts';
import { shownRequest, shownResponse, shownWanted } from './shown.ts';
import { startSimulatedEnvoy, type SimulatedEnvoy } from './simulated-envoy.ts';

/** Simulated Envoys, their streams, and the control plane's state of each; messages arrive one by one, in any order. */
export interface World {
  nodes: readonly Node[];
  push(node: Node, wanted: Wanted): void;
  /** The Envoy starts anew. */
  restart(node: Node): void;
  loseConnection(node: Node): void;
  /** The control plane starts anew: every stream ends, and nothing was pushed yet. */
  restartPlane(): void;
  /** The control plane ends the stream of a node, and knows nothing of it any more. */
  forget(node: Node): void;
  beginTrial(): void;
  refusalsOfTrial(): Refusal[];
  endTrial(): void;
  /** One message arrives, or one stream opens or is seen to end. False where nothing is left to do. */
  step(): boolean;
  /** What happened, newest last; only kept if the world was created so. */
  log: string[];
}

/** One Envoy, with what the control plane keeps for it. */
export interface Node {
  name: string;
  envoy: SimulatedEnvoy;
  proxy: ProxyState | undefined;
  /** The last push that the control plane remembers. */
  wanted: Wanted | undefined;
  /** The Envoy's stream, and the one that the control plane serves: it may not have seen yet that one is over. */
  stream: Stream | undefined;
  served: Stream | undefined;
  rules: Rules;
}

interface Stream {
  up: DiscoveryRequest[];
  down: { response: DiscoveryResponse; wanted: Wanted }[];
  unanswered: Map<ResourceType, string>;
}

export interface WorldOptions {
  names: readonly string[];
  random: Random;
  lingerMs?: number;
  isLogged?: boolean;
}

/** Envoys that have just started, beside a control plane that has. */
export function createWorld({ names, random, lingerMs = 0, isLogged = false }: WorldOptions): World {
  const log: string[] = [];
  let hasTrialFailed = false;
  let isTrial = false;
  const nodes = names.map((name): Node => {
    const envoy = startSimulatedEnvoy(name, random);
    return {
      name,
      envoy,
      proxy: undefined,
      wanted: undefined,
      stream: undefined,
      served: undefined,
      rules: createRules(),
    };
  });

  const note = (text: () => string) => isLogged && void log.push(text());

  function proxyOf(node: Node): ProxyState {
    return (node.proxy ??= createProxy({
      lingerMs,
      isStopped: () => hasTrialFailed,
      onRefusedTrial: () => (hasTrialFailed = isTrial),
      onAnswer: () => undefined,
    }));
  }

  function open(node: Node): void {
    const stream: Stream = { up: [], down: [], unanswered: new Map() };
    node.stream = stream;
    node.envoy.connect((request) => stream.up.push(request));
  }

  /** The first request of a stream names the node; only then the control plane knows whose stream it is. */
  function arriveAtPlane(node: Node, stream: Stream): void {
    const request = stream.up.shift()!;
    note(() => `${node.name} → ${shownRequest(request)}`);
    if (node.served !== stream) {
      node.served = stream;
      proxyOf(node).connect((response) => {
        note(() => `${node.name} sent ${shownResponse(response)}`);
        node.rules.sent(response, { wanted: node.wanted!, unanswered: stream.unanswered, isTrial });
        stream.unanswered.set(response.type, response.nonce);
        stream.down.push({ response, wanted: node.wanted! });
      });
    }
    if (request.type !== undefined && stream.unanswered.get(request.type) === request.nonce)
      stream.unanswered.delete(request.type);
    node.proxy!.receive(request);
  }

  function arriveAtEnvoy(node: Node, stream: Stream): void {
    const { response, wanted } = stream.down.shift()!;
    note(() => `${node.name} ← ${shownResponse(response)}`);
    const before = node.envoy.view();
    node.envoy.receive(response);
    node.rules.received(before, node.envoy.view(), wanted);
  }

  function seeEnd(node: Node): void {
    note(() => `${node.name} is seen to be away`);
    node.served = undefined;
    node.proxy?.disconnect();
  }

  function loseConnection(node: Node): void {
    note(() => `${node.name} loses its connection`);
    const { stream } = node;
    node.stream = undefined;
    node.envoy.disconnect();
    if (stream === undefined) return;
    // Some requests still arrive.
    for (let rest = random.below(stream.up.length + 1); rest > 0; rest -= 1) arriveAtPlane(node, stream);
    if (node.served === stream && random.chance(0.7)) seeEnd(node);
  }

  const world: World = {
    nodes,
    log,
    push(node, wanted) {
      note(() => `push to ${node.name}: ${shownWanted(wanted)}`);
      node.wanted = wanted;
      node.rules.pushed(wanted);
      proxyOf(node).push(wanted);
    },
    restart(node) {
      loseConnection(node);
      note(() => `${node.name} restarts`);
      node.envoy = startSimulatedEnvoy(node.name, random);
    },
    loseConnection,
    restartPlane() {
      note(() => 'the control plane restarts');
      isTrial = hasTrialFailed = false;
      for (const node of nodes) {
        loseConnection(node);
        node.proxy?.stop();
        node.proxy = node.served = undefined;
      }
    },
    forget(node) {
      loseConnection(node);
      node.proxy?.stop();
      node.proxy = node.served = node.wanted = undefined;
      node.rules.beginTrial(undefined);
      note(() => `${node.name} is forgotten`);
    },
    beginTrial() {
      note(() => 'a trial begins');
      isTrial = true;
      for (const { proxy, wanted, rules } of nodes) {
        proxy?.beginTrial();
        rules.beginTrial(wanted);
      }
    },
    refusalsOfTrial: () => nodes.flatMap(({ proxy }) => proxy?.refusalsOfTrial() ?? []),
    endTrial() {
      note(() => 'the trial ends');
      isTrial = hasTrialFailed = false;
      for (const { proxy } of nodes) proxy?.endTrial();
    },
    step() {
      const choices = nodes.flatMap((node) => {
        const { stream, served } = node;
        if (stream === undefined) return [() => open(node), ...(served === undefined ? [] : [() => seeEnd(node)])];
        return [
          ...(stream.up.length > 0 ? [() => arriveAtPlane(node, stream)] : []),
          ...(stream.down.length > 0 ? [() => arriveAtEnvoy(node, stream)] : []),
        ];
      });
      if (choices.length === 0) return false;
      random.pick(choices)();
      return true;
    },
  };
  return world;
}
