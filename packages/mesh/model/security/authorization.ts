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
 * One rule, or none where it can hold for nobody. Addresses tell nobody apart here: everybody comes from 127.0.0.1. Both
 * ways are the safe one, and Istio's own with what it cannot see: nobody is a source that an ALLOW knows by its address;
 * of a DENY's source what else it asks is enough.
 */
function toRules({ from, to, when }: Written, action: Policy['action'], decidedBy: PolicyRule['because']) {
  const known = action === 'ALLOW' ? from.filter(({ source }) => !asksForAddresses(source)) : from;
  if (from.length > 0 && known.length === 0) return [];
  const rule: PolicyRule = {
    from: known.map(({ source }) => asked(source)),
    to: to.map(({ operation }) => asked(operation)),
    when: when.map(({ key, values, notValues }) => ({ key, values, notValues })),
    because: decidedBy,
  };
  return [rule];
}

type WrittenSource = Written['from'][number]['source'];

function asksForAddresses(source: WrittenSource): boolean {
  return ADDRESS_FIELDS.some((field) => (source[field]?.length ?? 0) > 0);
}

type Asked<T> = { [K in Exclude<keyof T, (typeof ADDRESS_FIELDS)[number]>]?: string[] };

/** Only the fields that ask something which can be seen: Istio takes an empty list as not written. */
function asked<T extends object>(fields: T): Asked<T> {
  const entries = Object.entries(fields).filter(
    ([name, values]) => Array.isArray(values) && values.length > 0 && !ADDRESSES.has(name),
  );
  return Object.fromEntries(entries) as Asked<T>;
}

const ADDRESSES: ReadonlySet<string> = new Set(ADDRESS_FIELDS);
