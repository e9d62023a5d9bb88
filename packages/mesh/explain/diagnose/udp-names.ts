import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';

/** TCP ports of a Service whose name or appProtocol says UDP. Source: istio/istio, pilot/pkg/networking/networking.go, ModelProtocolToListenerProtocol. */
export function udpNames(resource: Resource): Warning[] {
  return asKind(resource, 'Service').spec.ports.flatMap(({ port, name = '', appProtocol = name }, index) => {
    if (appProtocol.toLowerCase().split('-')[0] !== 'udp') return [];
    const what = `has port ${port}, whose name says UDP: sidecars in a cluster leave it aside, and calls to it are not part of the mesh; here they pass through the sidecars as TCP (name it tcp, or tcp-NAME)`;
    return [warning(resource, ['spec', 'ports', index], what)];
  });
}
