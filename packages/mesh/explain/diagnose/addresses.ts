import { ADDRESS_FIELDS } from '../../manifests/kinds/istio/security/address-fields.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { TrafficPolicy } from '../../manifests/kinds/istio/traffic-policy.ts';
import type { Resource } from '../../manifests/resource.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';

type Path = (string | number)[];

const SAME_ADDRESS = 'but here all callers have the address 127.0.0.1';

/**
 * Warnings where an AuthorizationPolicy matches addresses: all callers on one machine have the same address. What happens
 * then is in model/security/authorization.ts (sources) and in the translation to Envoy's RBAC (conditions).
 */
export function policyAddresses(resource: Resource): Warning[] {
  const { action, rules } = asKind(resource, 'AuthorizationPolicy').spec;
  const effect = action === 'ALLOW' ? 'allows nothing' : 'denies all addresses';
  return rules.flatMap(({ from, when }, index) => {
    const at = (path: Path, name: string) => {
      const what = `matches ${name}, ${SAME_ADDRESS}, so this ${path[0] === 'from' ? 'source' : 'rule'} ${effect}`;
      return warning(resource, ['spec', 'rules', index, ...path], what);
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

/** Warnings where a DestinationRule balances by the caller's address. */
export function ruleAddresses(resource: Resource): Warning[] {
  const { trafficPolicy, subsets } = asKind(resource, 'DestinationRule').spec;
  return [
    ...bySourceIp(trafficPolicy, ['spec', 'trafficPolicy']),
    ...subsets.flatMap((one, index) => bySourceIp(one.trafficPolicy, ['spec', 'subsets', index, 'trafficPolicy'])),
  ].map((path) => warning(resource, path, `spreads callers by useSourceIp, ${SAME_ADDRESS}`));
}

function bySourceIp(policy: TrafficPolicy | undefined, path: Path): Path[] {
  if (policy === undefined) return [];
  const policies: [Pick<TrafficPolicy, 'loadBalancer'>, Path][] = [
    [policy, path],
    ...policy.portLevelSettings.map((one, index): [typeof one, Path] => [one, [...path, 'portLevelSettings', index]]),
  ];
  return policies
    .filter(([{ loadBalancer }]) => loadBalancer?.consistentHash?.useSourceIp === true)
    .map(([, at]) => [...at, 'loadBalancer', 'consistentHash', 'useSourceIp']);
}
