import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, BY_DEFAULT } from '../because.ts';
import type { Because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { matches, selectsAll } from '../../manifests/labels.ts';
import type { Labels } from '../../manifests/labels.ts';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** What a port asks of those who connect. */
export interface Mtls {
  mode: MtlsMode;
  because: Because;
}

interface Pod {
  namespace: string;
  labels: Labels;
}

/** Istio's default where no PeerAuthentication holds. */
const PERMISSIVE: Mtls = { mode: 'PERMISSIVE', because: BY_DEFAULT };

/**
 * What each port of a pod asks of those who connect: the workload's own PeerAuthentication over the namespace's over
 * the root namespace's, the first by name within a level; UNSET and nothing inherit from the level above. One with a
 * selector in the root namespace selects no pod. Source: istio/istio, policy_applier.go ComposePeerAuthentication.
 */
export function mtlsOf({ namespace, labels }: Pod, all: Inventory, rootNamespace: string): (port: number) => Mtls {
  const own = namespace === rootNamespace ? [] : all.within('PeerAuthentication', namespace);
  const levels = [
    all.within('PeerAuthentication', rootNamespace).find(holdsForAll),
    own.find(holdsForAll),
    own.find((one) => !holdsForAll(one) && matches(labels, matchLabels(one))),
  ];
  const whole = levels.reduce((above, level) => (level ? (modeOf(level) ?? above) : above), PERMISSIVE);
  const selected = levels.at(-1);
  return (port) => (selected ? portModeOf(selected, port) : undefined) ?? whole;
}

/**
 * What a namespace's own PeerAuthentication says, else the mesh's. Callers look at nothing narrower when they choose whether
 * to offer mutual TLS (istio/istio, push_context.go BestEffortInferServiceMTLSMode).
 */
export function namespaceMode(namespace: string, all: Inventory, rootNamespace: string): MtlsMode {
  return mtlsOf({ namespace, labels: {} }, all, rootNamespace)(0).mode;
}

function modeOf(policy: Resource): Mtls | undefined {
  return mtls(policy, asKind(policy, 'PeerAuthentication').spec.mtls?.mode, ['mtls', 'mode']);
}

function portModeOf(policy: Resource, port: number): Mtls | undefined {
  const written = asKind(policy, 'PeerAuthentication').spec.portLevelMtls[String(port)]?.mode;
  return mtls(policy, written, ['portLevelMtls', port, 'mode']);
}

function mtls(
  policy: Resource,
  mode: MtlsMode | 'UNSET' | undefined,
  path: readonly (string | number)[],
): Mtls | undefined {
  return mode === undefined || mode === 'UNSET' ? undefined : { mode, because: because(policy, ['spec', ...path]) };
}

function holdsForAll(policy: Resource): boolean {
  return selectsAll(matchLabels(policy));
}

function matchLabels(policy: Resource): Labels {
  return asKind(policy, 'PeerAuthentication').spec.selector?.matchLabels ?? {};
}
