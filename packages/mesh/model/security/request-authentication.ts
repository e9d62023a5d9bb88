import type { JwtRule } from '../../manifests/kinds/istio/security/request-authentication.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import { compare } from '../../manifests/compare.ts';
import type { Pod } from '../../manifests/labels.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, type Because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { perObject } from '../per-object.ts';

/** An issuer whose tokens a workload takes. */
export interface Jwt extends JwtRule {
  because: Because;
}

/**
 * The issuers of the RequestAuthentications that apply to a pod, sorted: those of its own namespace and those of the root
 * namespace. One with a selector applies only to pods that it selects. All of them hold, also two for one issuer. Source:
 * istio/istio, pilot/pkg/model/authentication.go getConfigsForWorkload; policy_applier.go newPolicyApplier.
 */
export function jwtsOf({ namespace, labels }: Pod, all: Inventory, rootNamespace: string): Jwt[] {
  return [...new Set([namespace, rootNamespace])]
    .flatMap((place) => all.applyingTo('RequestAuthentication', { namespace: place, labels }))
    .flatMap(toJwts)
    .sort((a, b) => compare(a.issuer, b.issuer));
}

const toJwts = perObject((resource: Resource): Jwt[] =>
  asKind(resource, 'RequestAuthentication').spec.jwtRules.map((rule, index) => ({
    ...rule,
    because: because(resource, ['spec', 'jwtRules', index]),
  })),
);
