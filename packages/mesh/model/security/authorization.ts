import { ADDRESS_FIELDS } from '../../manifests/kinds/istio/address-fields.ts';
import type { AuthorizationPolicy } from '../../manifests/kinds/istio/authorization-policy.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { matches } from '../../manifests/labels.ts';
import type { Labels } from '../../manifests/labels.ts';
import type { Policy, PolicyRule } from './policy.ts';

/**
 * The AuthorizationPolicies that hold for a pod: the root namespace's, then its own namespace's, each by name; those
 * with a selector only where it matches.
 */
export function policiesOf(
  { namespace, labels }: { namespace: string; labels: Labels },
  all: Inventory,
  rootNamespace: string,
): Policy[] {
  return [...new Set([rootNamespace, namespace])]
    .flatMap((place) => all.within('AuthorizationPolicy', place))
    .filter((policy) => matches(labels, asKind(policy, 'AuthorizationPolicy').spec.selector?.matchLabels ?? {}))
    .map(toPolicy);
}

function toPolicy(resource: Resource): Policy {
  const { name, namespace = '' } = resource.metadata;
  const { action, rules } = asKind(resource, 'AuthorizationPolicy').spec;
  return {
    name,
    namespace,
    action,
    rules: rules.flatMap((rule, index) => toRules(rule, action, because(resource, ['spec', 'rules', index]))),
    because: because(resource),
  };
}

type Written = AuthorizationPolicy['spec']['rules'][number];

/**
 * One rule, or none where no caller can match it. On one machine all callers have the address 127.0.0.1, so a condition on
 * addresses cannot be checked. Both actions take the safe side, as Istio does with what it cannot see: no caller matches a
 * source of an ALLOW that asks for an address; of a source of a DENY, the other fields decide.
 */
function toRules({ from, to, when }: Written, action: Policy['action'], decidedBy: PolicyRule['because']) {
  const known = action === 'ALLOW' ? from.filter(({ source }) => !asksForAddresses(source)) : from;
  if (from.length > 0 && known.length === 0) return [];
  const rule: PolicyRule = {
    from: known.map(({ source }) => writtenFields(source)),
    to: to.map(({ operation }) => writtenFields(operation)),
    when: when.map(({ key, values, notValues }) => ({ key, values, notValues })),
    because: decidedBy,
  };
  return [rule];
}

type WrittenSource = Written['from'][number]['source'];

function asksForAddresses(source: WrittenSource): boolean {
  return ADDRESS_FIELDS.some((field) => (source[field]?.length ?? 0) > 0);
}

type WrittenFields<T> = { [K in Exclude<keyof T, (typeof ADDRESS_FIELDS)[number]>]?: string[] };

/** The fields that have values, without those about addresses: for Istio an empty list is as good as none. */
function writtenFields<T extends object>(fields: T): WrittenFields<T> {
  const entries = Object.entries(fields).filter(
    ([name, values]) => Array.isArray(values) && values.length > 0 && !ADDRESSES.has(name),
  );
  return Object.fromEntries(entries) as WrittenFields<T>;
}

const ADDRESSES: ReadonlySet<string> = new Set(ADDRESS_FIELDS);
