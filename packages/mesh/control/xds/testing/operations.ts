import type { Wanted } from '../resources.ts';
import { allGood, changed, NO_CONFIGURATION } from './configuration.ts';
import { differences } from './differences.ts';
import { createRandom, type Random } from './random.ts';
import { createWorld, type Node, type World } from './world.ts';

/** One step of a sequence; `seed` decides what exactly it does, and which messages arrive after it, `drain` at most. */
export interface Operation {
  act:
    | 'nothing'
    | 'push'
    | 'push what may be bad'
    | 'restart'
    | 'lose'
    | 'restart plane'
    | 'forget'
    | 'trial'
    | 'end of trial'
    | 'wait';
  seed: number;
  drain: number;
}

export interface Sequence {
  seed: number;
  envoys: number;
  lingerMs: number;
  operations: readonly Operation[];
  /** Whether the last configuration has nothing bad. */
  endsWell: boolean;
}

export interface SequenceOptions {
  isLogged?: boolean;
  /** Lets the time of timers pass. */
  pass?: (ms: number) => void;
}

/** So many messages are never needed until nothing moves any more. */
const MOST_STEPS = 20_000;

/**
 * Performs the operations, lets everything arrive, and compares each Envoy with a fresh one. Throws an Error that says
 * which rule is broken, with a log of what happened as its cause where it is kept.
 */
export function perform(sequence: Sequence, { isLogged = false, pass = () => undefined }: SequenceOptions = {}): void {
  const { lingerMs, operations, endsWell } = sequence;
  const random = createRandom(sequence.seed);
  const names = Array.from({ length: sequence.envoys }, (_, index) => `envoy-${index + 1}`);
  const world = createWorld({ names, random, lingerMs, isLogged });
  try {
    const configuration = performAll(world, operations, pass);
    const last = endsWell ? allGood(configuration) : configuration;
    for (const node of world.nodes) if (endsWell || node.wanted === undefined) world.push(node, last);
    arriveAll(world, lingerMs, pass);
    for (const node of world.nodes) judge(node, random);
  } catch (error) {
    throw new Error((error as Error).message, { cause: isLogged ? world.log.join('\n') : error });
  } finally {
    for (const { proxy } of world.nodes) proxy?.stop();
  }
}

function performAll(world: World, operations: readonly Operation[], pass: (ms: number) => void): Wanted {
  let configuration = NO_CONFIGURATION;
  let beforeTrial: Wanted | undefined;

  function pushTo(nodes: readonly Node[], wanted: Wanted): void {
    configuration = wanted;
    for (const node of nodes) world.push(node, wanted);
  }

  function endTrial(): void {
    if (beforeTrial !== undefined && world.refusalsOfTrial().length > 0) pushTo(world.nodes, beforeTrial);
    beforeTrial = undefined;
    world.endTrial();
  }

  function act(operation: Operation, random: Random): void {
    const node = random.pick(world.nodes);
    const next = () => changed(configuration, random, operation.act !== 'push');
    const acts: Record<Operation['act'], () => void> = {
      nothing: () => undefined,
      push: () => pushTo(world.nodes, next()),
      'push what may be bad': () =>
        pushTo(
          world.nodes.filter(() => random.chance(0.8)),
          next(),
        ),
      restart: () => world.restart(node),
      lose: () => world.loseConnection(node),
      'restart plane'() {
        const after = beforeTrial ?? configuration;
        beforeTrial = undefined;
        world.restartPlane();
        for (let rest = random.below(6); rest > 0; rest -= 1) world.step();
        pushTo(world.nodes, after);
      },
      forget: () => world.forget(node),
      trial() {
        if (beforeTrial !== undefined) endTrial();
        beforeTrial = configuration;
        world.beginTrial();
        pushTo(world.nodes, next());
      },
      'end of trial': endTrial,
      wait: () => pass(random.below(10)),
    };
    acts[operation.act]();
  }

  for (const operation of operations) {
    const random = createRandom(operation.seed);
    act(operation, random);
    for (let rest = operation.drain; rest > 0; rest -= 1) world.step();
  }
  endTrial();
  return configuration;
}

function arriveAll(world: World, lingerMs: number, pass: (ms: number) => void): void {
  let steps = 0;
  for (let round = 0; round < 3; round += 1) {
    while (world.step()) if ((steps += 1) > MOST_STEPS) throw new Error('The messages never end.');
    pass(lingerMs + 1);
  }
}

/** Compares an Envoy with one that has just started and got the same resources from a control plane that has, too. */
function judge({ name, envoy, proxy, wanted, rules }: Node, random: Random): void {
  if (!proxy!.isDone()) throw new Error(`${name} is waited for, for ever.`);
  const fresh = createWorld({ names: ['fresh'], random });
  const [other] = fresh.nodes;
  fresh.push(other!, wanted!);
  arriveAll(fresh, 0, () => undefined);
  const found = differences(envoy.view(), other!.envoy.view(), { wanted: wanted!, good: rules.good });
  if (found.length > 0) throw new Error(`${name} has ${found.join('; ')}.`);
  for (const type of ['clusters', 'listeners'] as const)
    if (proxy!.stateOf(type) === 'STALE' || proxy!.stateOf(type) === 'NOT SENT')
      throw new Error(`${type} of ${name} are ${proxy!.stateOf(type)}.`);
}
