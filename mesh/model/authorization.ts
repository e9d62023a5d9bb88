import { asAuthorizationPolicy } from '../manifests/kinds/typed.ts';
import type { Resource } from '../manifests/resource.ts';
import { because } from './because.ts';
import type { Inventory } from './inventory.ts';
import { matches } from '../manifests/references/find.ts';
import type { Labels } from './labels.ts';
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
    .filter((policy) => matches(labels, asAuthorizationPolicy(policy).spec.selector?.matchLabels ?? {}))
    .map(toPolicy);
}

function toPolicy(resource: Resource): Policy {
  const { name, namespace = '' } = resource.metadata;
  const { action, rules } = asAuthorizationPolicy(resource).spec;
  return {
    name,
    namespace,
    action,
    rules: rules.map((rule, index) => toRule(rule, because(resource, ['spec', 'rules', index]))),
    because: because(resource),
  };
}

type Written = ReturnType<typeof asAuthorizationPolicy>['spec']['rules'][number];

function toRule({ from, to, when }: Written, decidedBy: PolicyRule['because']): PolicyRule {
  return {
    from: from.map(({ source }) => asked(source)),
    to: to.map(({ operation }) => asked(operation)),
    when: when.map(({ key, values, notValues }) => ({ key, values, notValues })),
    because: decidedBy,
  };
}

type Asked<T> = { [K in keyof T]?: string[] };

/** Only the fields that ask something: Istio takes an empty list as not written. */
function asked<T extends object>(fields: T): Asked<T> {
  const entries = Object.entries(fields).filter(([, values]) => Array.isArray(values) && values.length > 0);
  return Object.fromEntries(entries) as Asked<T>;
}
