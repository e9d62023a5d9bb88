import { ageOf } from '../age.ts';
import { at, type KubeObject } from '../../shop/objects.ts';
import { column, type Columns, NONE } from './columns.ts';
import { ENDPOINTS, SERVICE, SERVICE_WIDE } from './network.ts';
import { POD, POD_WIDE } from './pod.ts';
import { DEPLOYMENT, DEPLOYMENT_WIDE, STATEFUL_SET, STATEFUL_SET_WIDE } from './workload.ts';

const AGE = { title: 'AGE', value: (object: KubeObject, now: number) => ageOf(object.metadata.creationTimestamp, now) };
const data = column(
  'DATA',
  ({ data = {}, stringData }) => `${Object.keys({ ...data, ...(stringData as object | undefined) }).length}`,
);
const json = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));

/** The columns between NAME and AGE, and those after AGE with `-o wide`. For Istio's kinds they are its CRDs' additionalPrinterColumns. */
const KINDS: Record<string, { columns: Columns; wide?: Columns }> = {
  Pod: { columns: POD, wide: POD_WIDE },
  Deployment: { columns: DEPLOYMENT, wide: DEPLOYMENT_WIDE },
  StatefulSet: { columns: STATEFUL_SET, wide: STATEFUL_SET_WIDE },
  Service: { columns: SERVICE, wide: SERVICE_WIDE },
  Endpoints: { columns: ENDPOINTS },
  ConfigMap: { columns: [data] },
  Secret: { columns: [column('TYPE', (object) => `${object['type'] ?? 'Opaque'}`), data] },
  Namespace: { columns: [column('STATUS', () => 'Active')] },
  VirtualService: {
    columns: [
      column('GATEWAYS', (object) => json(at(object, 'spec', 'gateways'))),
      column('HOSTS', (object) => json(at(object, 'spec', 'hosts'))),
    ],
  },
  DestinationRule: { columns: [column('HOST', (object) => `${at(object, 'spec', 'host') ?? ''}`)] },
  PeerAuthentication: { columns: [column('MODE', (object) => `${at(object, 'spec', 'mtls', 'mode') ?? ''}`)] },
  AuthorizationPolicy: { columns: [column('ACTION', (object) => `${at(object, 'spec', 'action') ?? ''}`)] },
};

/** How the rows of one kind are printed. */
export interface RowOptions {
  kind: string;
  now: number;
  wide: boolean;
  /** Whether the namespace is a column: with `-A`. */
  namespaces: boolean;
  /** How the name is written: with its kind in front where several kinds are listed. */
  nameOf(object: KubeObject): string;
}

/** Heading and rows of `get` for objects of one kind. */
export function rowsOf(objects: readonly KubeObject[], options: RowOptions): string[][] {
  const known = KINDS[options.kind] ?? { columns: [] };
  const columns = [...known.columns, AGE, ...(options.wide ? (known.wide ?? []) : [])];
  const before = options.namespaces ? ['NAMESPACE'] : [];
  return [
    [...before, 'NAME', ...columns.map(({ title }) => title)],
    ...objects.map((object) => [
      ...(options.namespaces ? [object.metadata.namespace ?? NONE] : []),
      options.nameOf(object),
      ...columns.map(({ value }) => value(object, options.now)),
    ]),
  ];
}
