import type { Warning } from '../../manifests/warnings/warning.ts';
import type { Mesh } from '../../model/mesh.ts';
import { policyAddresses, ruleAddresses } from './addresses.ts';
import { missingDestinations } from './destinations.ts';
import { missingGateways, unusedGateways } from './gateways.ts';
import { lostHosts } from './lost-hosts.ts';
import { deniesAllOfTcp } from './tcp-ports.ts';
import { udpNames } from './udp-names.ts';
import { unusedRules } from './unused-rules.ts';

/**
 * What is odd in a mesh though every object of it is valid: routes to what does not exist, hosts and rules that are never used,
 * policies that match more than they say, and what works differently on one machine. Every answer comes from the model, so
 * none contradicts what is in force. Each is said once.
 */
export function diagnose(mesh: Mesh): Warning[] {
  const { objects } = mesh;
  const found = [
    ...unusedGateways(mesh),
    ...missingGateways(mesh),
    ...missingDestinations(mesh),
    ...lostHosts(mesh),
    ...objects.of('Service').flatMap(udpNames),
    ...objects.of('VirtualService').flatMap(unusedRules),
    ...objects.of('DestinationRule').flatMap(ruleAddresses),
    ...objects.of('AuthorizationPolicy').flatMap(policyAddresses),
    ...deniesAllOfTcp(mesh),
  ];
  return [...new Map(found.map((one) => [one.message, one])).values()];
}
