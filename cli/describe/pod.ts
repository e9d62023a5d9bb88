import { podStatus } from '../print/columns/pod.ts';
import { at, type ContainerStatus, type PodObject } from '../shop/objects.ts';
import { indent } from '@tuesday/mesh/explain';
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
  const [state, detail] = Object.entries(status.state ?? {})[0] ?? ['unknown', undefined];
  const ports = spec?.ports?.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`);
  const lines = fields([
    ['Image', status.image ?? spec?.image],
    ['Port', ports?.join(', ')],
    ['State', state.replace(/^./, (letter) => letter.toUpperCase())],
    ['Started', detail?.startedAt],
    ['Reason', detail?.reason],
    ['Message', detail?.message],
    ['Exit Code', detail?.exitCode === undefined ? undefined : `${detail.exitCode}`],
    ['Ready', status.ready ? 'True' : 'False'],
    ['Restart Count', `${status.restartCount}`],
  ]);
  return indent(`${status.name}:\n${indent(lines)}`);
}
