import { ADDRESS_FIELDS } from '../kinds/istio/address-fields.ts';
import { asKind } from '../kinds/typed.ts';
import type { TrafficPolicy } from '../kinds/istio/traffic-policy.ts';
import type { Resource } from '../resource.ts';
import { finding } from './find.ts';
import type { Unresolved } from './find.ts';

type Path = (string | number)[];

const HERE = 'which tells nobody apart here: everybody comes from 127.0.0.1';

/**
 * Where an AuthorizationPolicy asks for addresses. It is no mistake, but all callers on one machine have the same address.
 * model/security/authorization.ts (sources) and the translation to Envoy's RBAC (conditions) decide what it means here.
 */
export function policyAddresses(resource: Resource): Unresolved[] {
  const { action, rules } = asKind(resource, 'AuthorizationPolicy').spec;
  const effect = action === 'ALLOW' ? 'is allowed nothing' : 'is denied from any address';
  return rules.flatMap(({ from, when }, index) => {
    const at = (path: Path, name: string) => {
      const what = `asks for ${name}, ${HERE}, so that this ${path[0] === 'from' ? 'source' : 'rule'} ${effect}`;
      return finding(resource, ['spec', 'rules', index, ...path], what);
    };
    return [
      ...from.flatMap(({ source }, entry) =>
        ADDRESS_FIELDS.filter((name) => (source[name]?.length ?? 0) > 0).map((name) =>
          at(['from', entry, 'source', name], name),
        ),
      ),
      ...when.flatMap(({ key }, entry) => (key.endsWith('.ip') ? [at(['when', entry, 'key'], key)] : [])),
    ];
  });
}

/** Where a DestinationRule spreads callers by their addresses. */
export function ruleAddresses(resource: Resource): Unresolved[] {
  const { trafficPolicy, subsets } = asKind(resource, 'DestinationRule').spec;
  return [
    ...bySourceIp(trafficPolicy, ['spec', 'trafficPolicy']),
    ...subsets.flatMap((one, index) => bySourceIp(one.trafficPolicy, ['spec', 'subsets', index, 'trafficPolicy'])),
  ].map((path) => finding(resource, path, `spreads callers by useSourceIp, ${HERE}`));
}

function bySourceIp(policy: TrafficPolicy | undefined, path: Path): Path[] {
  if (policy === undefined) return [];
  const places: [Pick<TrafficPolicy, 'loadBalancer'>, Path][] = [
    [policy, path],
    ...policy.portLevelSettings.map((one, index): [typeof one, Path] => [one, [...path, 'portLevelSettings', index]]),
  ];
  return places
    .filter(([{ loadBalancer }]) => loadBalancer?.consistentHash?.useSourceIp === true)
    .map(([, place]) => [...place, 'loadBalancer', 'consistentHash', 'useSourceIp']);
}
