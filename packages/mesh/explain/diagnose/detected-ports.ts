import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';
import { isDetected } from '../../model/services/protocol.ts';

/** Ports of a Service whose protocol Istio would detect: here they are TCP, so routes and policies of HTTP do not apply to them. */
export function detectedPorts(resource: Resource): Warning[] {
  return asKind(resource, 'Service').spec.ports.flatMap((port, index) => {
    if (!isDetected(port)) return [];
    const field = port.appProtocol === undefined ? 'its name' : 'its appProtocol';
    const what = `has port ${port.port}, which is TCP here because ${field} names no protocol that Istio knows: a cluster detects HTTP by the first bytes (name it http, or http-NAME)`;
    return [warning(resource, ['spec', 'ports', index], what)];
  });
}
