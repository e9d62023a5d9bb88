import { SCHEMAS } from './kinds/schemas.ts';
import { asKind } from './kinds/typed.ts';
import { ROOT_NAMESPACE } from './mesh-config.ts';
import type { Path } from './yaml/places.ts';
import type { Resource } from './resource.ts';

/**
 * Turns a MeshPolicy, Istio's mesh-wide policy until 1.5, into the equivalent PeerAuthentication of the root namespace,
 * with a warning in `readAs`. All other objects are returned unchanged. A cluster rejects a MeshPolicy.
 */
export function withCurrentKind(resource: Resource): Resource {
  if (resource.kind !== 'MeshPolicy') return resource;
  const [peer] = asKind(resource, 'MeshPolicy').spec.peers;
  const metadata = { ...resource.metadata, namespace: ROOT_NAMESPACE };
  const body = {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { ...(resource.body['metadata'] as object), namespace: ROOT_NAMESPACE },
    spec: { mtls: { mode: peer?.mtls.mode } },
  };
  return {
    apiVersion: body.apiVersion,
    kind: body.kind,
    metadata,
    body,
    typed: SCHEMAS.PeerAuthentication.parse(body),
    parse: (other) => SCHEMAS.PeerAuthentication.parse(other),
    source: resource.source,
    lineOf: (path) => resource.lineOf(placeInMeshPolicy(path)),
    readAs: `MeshPolicy ${metadata.name} is read as PeerAuthentication ${ROOT_NAMESPACE}/${metadata.name}, which holds for the whole mesh; Istio 1.6 and later do not know the kind MeshPolicy`,
  };
}

function placeInMeshPolicy(path: Path): Path {
  return path[0] === 'spec' && path[1] === 'mtls' ? ['spec', 'peers', 0, ...path.slice(1)] : path;
}
