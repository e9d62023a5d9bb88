import { asKind, selectorOf } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, BY_DEFAULT, type Because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { selectsAll, type Pod } from '../../manifests/labels.ts';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** The mTLS mode of a port. */
export interface Mtls {
  mode: MtlsMode;
  because: Because;
}

/** Istio's default without a PeerAuthentication. */
const PERMISSIVE: Mtls = { mode: 'PERMISSIVE', because: BY_DEFAULT };

/**
 * The mTLS mode of each port of a pod. A PeerAuthentication that selects the pod overrides its namespace's, which overrides
 * the root namespace's. Within a level the first in Istio's order applies; UNSET or no mode inherits. In the root namespace
 * one with a selector has no effect. Source: istio/istio, policy_applier.go ComposePeerAuthentication.
 */
export function mtlsOf({ namespace, labels }: Pod, all: Inventory, rootNamespace: string): (port: number) => Mtls {
  const own = namespace === rootNamespace ? [] : all.applyingTo('PeerAuthentication', { namespace, labels });
  const levels = [
    all.applyingTo('PeerAuthentication', { namespace: rootNamespace, labels: {} })[0],
    own.find(appliesToAll),
    own.find((one) => !appliesToAll(one)),
  ];
  const whole = levels.reduce((above, level) => (level ? (modeOf(level) ?? above) : above), PERMISSIVE);
  const selected = levels.at(-1);
  return (port) => (selected ? portModeOf(selected, port) : undefined) ?? whole;
}

/**
 * The mode of a namespace's PeerAuthentication, else the mesh's. Callers use only these to decide whether to use mutual TLS
 * (istio/istio, push_context.go BestEffortInferServiceMTLSMode).
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

function mtls(policy: Resource, mode: MtlsMode | 'UNSET' | undefined, path: (string | number)[]): Mtls | undefined {
  return mode === undefined || mode === 'UNSET' ? undefined : { mode, because: because(policy, ['spec', ...path]) };
}

function appliesToAll(policy: Resource): boolean {
  return selectsAll(selectorOf(policy, 'PeerAuthentication'));
}
