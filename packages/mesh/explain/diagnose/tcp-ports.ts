import { asKind } from '../../manifests/kinds/typed.ts';
import type { AuthorizationPolicy } from '../../manifests/kinds/istio/security/authorization-policy.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';
import { because } from '../../model/because.ts';
import type { Mesh } from '../../model/mesh.ts';

type Rule = AuthorizationPolicy['spec']['rules'][number];

/**
 * DENY rules that ask for HTTP and apply to pods with TCP ports: on TCP such a rule ignores what it asks for, which is unknown
 * there, and so denies every connection. Istio's webhook warns of each such rule (validation.go, "will deny all traffic to TCP ports");
 * here only where there is such a port.
 */
export function deniesAllOfTcp({ objects, workloads }: Mesh): Warning[] {
  return objects.of('AuthorizationPolicy').flatMap((resource) => {
    const { action, rules } = asKind(resource, 'AuthorizationPolicy').spec;
    if (action !== 'DENY') return [];
    const ports = workloads.flatMap(({ name, policies, inbound }) =>
      policies.some((one) => one.because.object === because(resource).object && !one.dryRun)
        ? inbound.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => `${name}:${port}`)
        : [],
    );
    if (ports.length === 0) return [];
    return rules.flatMap((rule, index) => {
      if (!asksForHttp(rule)) return [];
      const whose = namesCallers(rule) ? ' of the callers that it names' : '';
      const what = `has a DENY rule of HTTP fields, which denies every connection${whose} to the TCP ports ${ports.join(', ')}`;
      return [warning(resource, ['spec', 'rules', index], what)];
    });
  });
}

/** Whether it asks for something of HTTP, and for no port. */
function asksForHttp({ to, when }: Rule): boolean {
  const isHttp =
    when.some(({ key }) => key.startsWith('request.')) || to.some(({ operation }) => asks(operation, HTTP));
  return (
    isHttp && !when.some(({ key }) => key === 'destination.port') && !to.some(({ operation }) => asks(operation, TCP))
  );
}

function namesCallers({ from, when }: Rule): boolean {
  return from.length > 0 || when.some(({ key }) => key.startsWith('source.'));
}

const HTTP = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];
const TCP = ['ports', 'notPorts'];

function asks(operation: object, fields: readonly string[]): boolean {
  return Object.entries(operation).some(
    ([name, values]) => fields.includes(name) && Array.isArray(values) && values.length > 0,
  );
}
