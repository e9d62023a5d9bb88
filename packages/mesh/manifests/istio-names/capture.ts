/** Which connections of a pod with a sidecar pass through the sidecar. */
export interface Capture {
  /** Those from outside to a container port. */
  inbound(port: number): boolean;
  /** Those of the app to this port of any Service. */
  outbound(port: number): boolean;
}

const PREFIX = 'traffic.sidecar.istio.io/';
const LISTS: ReadonlySet<string> = new Set([
  'includeInboundPorts',
  'excludeInboundPorts',
  'includeOutboundPorts',
  'excludeOutboundPorts',
]);
const ALL = '*';
/** A range that holds every IPv4 address. */
const EVERYWHERE = /^\s*[\d.]+\/0\s*$/;

/**
 * What is wrong with an annotation's value, as the end of a sentence; undefined for one that Istio takes, and for other annotations.
 * Source: istio/istio, pkg/kube/inject/validate.go.
 */
export function captureMistake(annotation: string, value: string): string | undefined {
  const name = annotation.slice(PREFIX.length);
  if (!annotation.startsWith(PREFIX) || !LISTS.has(name)) return undefined;
  const mayBeAll = name === 'includeInboundPorts';
  if ((mayBeAll && value === ALL) || portsIn(value).every(isPort)) return undefined;
  return `must be ${mayBeAll ? '"*" or ' : ''}a list of port numbers such as "80,8080", not "${value}"`;
}

/**
 * What a pod's annotations take out of its sidecar's way. Of ranges of addresses, those count that hold all or none: Services have
 * other addresses here than in a cluster.
 * Source: istio/istio, tools/istio-iptables/pkg/capture/run.go, Run and handleInboundPortsInclude.
 */
export function captureOf(annotations: Readonly<Record<string, string>>): Capture {
  const valueOf = (name: string, otherwise: string) => annotations[`${PREFIX}${name}`] ?? otherwise;
  const has = (name: string, port: number) => portsIn(valueOf(name, '')).some((one) => Number(one) === port);
  const included = valueOf('includeInboundPorts', ALL);
  const isOut = valueOf('excludeOutboundIPRanges', '')
    .split(',')
    .some((range) => EVERYWHERE.test(range));
  const isIn = valueOf('includeOutboundIPRanges', ALL) !== '';
  return {
    inbound: (port) => (included === ALL ? !has('excludeInboundPorts', port) : has('includeInboundPorts', port)),
    outbound: (port) => !has('excludeOutboundPorts', port) && !isOut && (isIn || has('includeOutboundPorts', port)),
  };
}

function portsIn(list: string): string[] {
  return list.trim() === '' ? [] : list.split(',').map((entry) => entry.trim());
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65_535;
}
