import { asKind } from '../../manifests/kinds/typed.ts';
import type { TrafficPolicy as WrittenPolicy } from '../../manifests/kinds/istio/traffic-policy.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, type Because } from '../because.ts';
import { mostSpecific, resolveHost } from '../../manifests/hosts.ts';
import { perObject, perPair } from '../per-object.ts';
import type { Inventory } from '../inventory.ts';
import type { Service } from '../services/service.ts';

/** A subset of a Service: its pods with these labels. */
export interface Subset {
  name: string;
  labels: Record<string, string>;
  policy: WrittenPolicy | undefined;
  /** As in Cluster. */
  config: string;
  because: Because;
}

/** All DestinationRules of one namespace for a host, merged. */
export interface Rule extends Pick<Subset, 'policy' | 'config' | 'because'> {
  subsets: Subset[];
}

/** Finds the rule for calls to a Service from a namespace; undefined if there is none. */
export type Rules = (from: string, service: Service) => Rule | undefined;

/**
 * The rules of the caller's namespace take precedence over those of the Service's, and these over those of the root
 * namespace. In a namespace the most specific host takes precedence. Rules of different namespaces or hosts are not merged.
 * Source: istio/istio, pilot/pkg/model/push_context.go destinationRule.
 */
export function destinationRules(all: Inventory, rootNamespace: string): Rules {
  const byNamespace = new Map<string, Map<string, Rule>>();
  const known = new Map<string, Rule | undefined>();

  function rulesIn(namespace: string): Map<string, Rule> {
    const rules = byNamespace.get(namespace) ?? rulesByHost(all.within('DestinationRule', namespace));
    byNamespace.set(namespace, rules);
    return rules;
  }

  function findRule(from: string, service: Service): Rule | undefined {
    // A caller in the root namespace has no precedence: the rules there are for the whole mesh.
    const own = from === rootNamespace ? [] : [from];
    for (const namespace of [...own, service.namespace, rootNamespace]) {
      const rules = rulesIn(namespace);
      const host = mostSpecific(service.fqdn, rules);
      if (host !== undefined) return rules.get(host);
    }
    return undefined;
  }

  return function ruleFor(from, service) {
    const key = `${from} ${service.fqdn}`;
    if (!known.has(key)) known.set(key, findRule(from, service));
    return known.get(key);
  };
}

/** The rules by host. Later rules for a host change neither its policy nor its subsets; they only add missing ones. */
function rulesByHost(resources: readonly Resource[]): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const resource of resources) {
    const fqdn = resolveHost(asKind(resource, 'DestinationRule').spec.host, resource.metadata.namespace ?? '');
    const own = ruleOf(resource);
    const before = rules.get(fqdn);
    rules.set(fqdn, before === undefined ? own : mergeRules(before, own));
  }
  return rules;
}

/** A rule is the same object as long as its resources are, also in another mesh. */
const ruleOf = perObject((resource: Resource): Rule => {
  const { trafficPolicy } = asKind(resource, 'DestinationRule').spec;
  const path = trafficPolicy === undefined ? undefined : ['spec', 'trafficPolicy'];
  const origin = { config: configOf(resource), because: because(resource, path) };
  return { policy: trafficPolicy, subsets: subsetsOf(resource), ...origin };
});

const mergeRules = perPair((first: Rule, second: Rule): Rule => {
  const names = first.subsets.map(({ name }) => name);
  const added = second.subsets.filter(({ name }) => !names.includes(name));
  const base = first.policy === undefined && second.policy !== undefined ? second : first;
  return { ...base, subsets: [...first.subsets, ...added] };
});

function subsetsOf(resource: Resource): Subset[] {
  return asKind(resource, 'DestinationRule').spec.subsets.map(({ name, labels, trafficPolicy }, index) => ({
    name,
    labels,
    policy: trafficPolicy,
    config: configOf(resource),
    because: because(resource, ['spec', 'subsets', index]),
  }));
}

function configOf({ metadata: { namespace, name } }: Resource): string {
  return `/apis/networking.istio.io/v1/namespaces/${namespace}/destination-rule/${name}`;
}
