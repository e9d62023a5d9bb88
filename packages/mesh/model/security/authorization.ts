import { goBoolean } from '../../manifests/go-boolean.ts';
import { ADDRESS_FIELDS } from '../../manifests/kinds/istio/security/address-fields.ts';
import type { AuthorizationPolicy } from '../../manifests/kinds/istio/security/authorization-policy.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { perObject } from '../per-object.ts';
import type { Pod } from '../../manifests/labels.ts';
import type { Policy, PolicyRule } from './policy.ts';

/**
 * The AuthorizationPolicies that apply to a pod: those of the root namespace, then those of its own namespace, in Istio's
 * order. One with a selector applies only to pods that it selects.
 */
export function policiesOf({ namespace, labels }: Pod, all: Inventory, rootNamespace: string): Policy[] {
  return [...new Set([rootNamespace, namespace])]
    .flatMap((place) => all.applyingTo('AuthorizationPolicy', { namespace: place, labels }))
    .map(toPolicy);
}

/** A policy can apply to every workload of a namespace: they share it. */
const toPolicy = perObject((resource: Resource): Policy => {
  const { name, namespace = '', annotations } = resource.metadata;
  const { action, rules } = asKind(resource, 'AuthorizationPolicy').spec;
  return {
    name,
    namespace,
    action,
    dryRun: goBoolean(annotations['istio.io/dry-run'] ?? '') === true,
    rules: rules.flatMap((rule, index) => toRules(rule, action, because(resource, ['spec', 'rules', index]))),
    because: because(resource),
  };
});

type Written = AuthorizationPolicy['spec']['rules'][number];

/**
 * One rule; none if no caller can match it. On one machine all callers have the address 127.0.0.1, so a condition on
 * addresses cannot be checked. Then access is denied, as Istio does for unknown attributes: in an ALLOW policy a source with
 * an address matches no caller; in a DENY policy the address is ignored.
 */
function toRules({ from, to, when }: Written, action: Policy['action'], decidedBy: PolicyRule['because']) {
  const known = action === 'ALLOW' ? from.filter(({ source }) => !matchesAddresses(source)) : from;
  if (from.length > 0 && known.length === 0) return [];
  const rule: PolicyRule = {
    from: known.map(({ source }) => writtenFields(source)),
    to: to.map(({ operation }) => writtenFields(operation)),
    when,
    because: decidedBy,
  };
  return [rule];
}

function matchesAddresses(source: Written['from'][number]['source']): boolean {
  return ADDRESS_FIELDS.some((field) => (source[field]?.length ?? 0) > 0);
}

type WrittenFields<T> = { [K in Exclude<keyof T, (typeof ADDRESS_FIELDS)[number]>]?: string[] };

/** The fields that have values, without those about addresses. In Istio an empty list is the same as an absent field. */
function writtenFields<T extends object>(fields: T): WrittenFields<T> {
  const entries = Object.entries(fields).filter(
    ([name, values]) => Array.isArray(values) && values.length > 0 && !ADDRESSES.has(name),
  );
  return Object.fromEntries(entries) as WrittenFields<T>;
}

const ADDRESSES: ReadonlySet<string> = new Set(ADDRESS_FIELDS);
