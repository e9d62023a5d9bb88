import { podStatus } from '../print/columns/pod.ts';
import { at, type ContainerStates, type ContainerStatus, type EventObject, type PodObject } from '../shop/objects.ts';
import { ageOf } from '../print/age.ts';
import { indent, table } from '@tuesday/mesh/explain';
import { fields } from './fields.ts';

interface ContainerSpec {
  name: string;
  image: string;
  ports?: { containerPort: number; protocol?: string }[];
}

/** The part of `describe pod` after the metadata: state and containers. */
export function describePod(pod: PodObject): string {
  const { status } = pod;
  const specs = (at(pod, 'spec', 'containers') ?? []) as ContainerSpec[];
  const containers = (status.containerStatuses ?? []).map((one) =>
    describeContainer(
      one,
      specs.find(({ name }) => name === one.name),
    ),
  );
  const conditions = (status.conditions ?? []).map(({ type, status: value }) => `${type}=${value}`);
  return (
    fields([
      ['Start Time', status.startTime],
      ['Status', podStatus(pod)],
      ['IP', status.podIP],
      ['Conditions', conditions],
    ]) + `Containers:\n${containers.join('')}`
  );
}

function describeContainer(status: ContainerStatus, spec: ContainerSpec | undefined): string {
  const ports = spec?.ports?.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`);
  const lines = fields([
    ['Image', status.image ?? spec?.image],
    ['Port', ports?.join(', ')],
    ...stateFields('State', status.state),
    ...(status.lastState === undefined ? [] : stateFields('Last State', status.lastState)),
    ['Ready', status.ready ? 'True' : 'False'],
    ['Restart Count', `${status.restartCount}`],
  ]);
  return indent(`${status.name}:\n${indent(lines)}`);
}

/** A state and its facts, which kubectl indents by two. Source: kubectl/pkg/describe, describeStatus. */
function stateFields(title: string, states: ContainerStates = {}): [string, string | undefined][] {
  const [state, facts] = Object.entries(states)[0] ?? ['unknown', undefined];
  const text = (value: number | undefined) => (value === undefined ? undefined : `${value}`);
  return [
    [title, state.replace(/^./, (letter) => letter.toUpperCase())],
    ['  Reason', facts?.reason],
    ['  Message', facts?.message],
    ['  Exit Code', text(facts?.exitCode)],
    ['  Signal', text(facts?.signal)],
    ['  Started', facts?.startedAt],
    ['  Finished', facts?.finishedAt],
  ];
}

/** The events of a pod as `kubectl describe` prints them, the newest last. */
export function eventsText(events: readonly EventObject[], now: number): string {
  if (events.length === 0) return 'Events:  <none>\n';
  const rows = events.map(({ type, reason, message, count, firstTimestamp, lastTimestamp, source: from }) => {
    const age = ageOf(lastTimestamp, now);
    const often = count === 1 ? age : `${age} (x${count} over ${ageOf(firstTimestamp, now)})`;
    return [type, reason, often, `${at(from, 'component') ?? ''}`, message];
  });
  const heading = ['Type', 'Reason', 'Age', 'From', 'Message'];
  return `Events:\n${indent(table([heading, heading.map((word) => '-'.repeat(word.length)), ...rows]))}`;
}
