import { meshPolicy } from './kinds/istio/peer-authentication.ts';
import type { Path } from './yaml.ts';
import type { Resource } from './resource.ts';

/** Istio's own default: what stands here holds in every namespace. */
const ROOT_NAMESPACE = 'istio-system';

/**
 * What an object of another time is called today. MeshPolicy, Istio's mesh-wide policy until 1.5, becomes the
 * PeerAuthentication of the root namespace that means the same, and carries a sentence about it; everything else is
 * given back as it is. A cluster refuses a MeshPolicy.
 */
export function asToday(resource: Resource): Resource {
  if (resource.kind !== 'MeshPolicy') return resource;
  const [peer] = meshPolicy.parse(resource.body).spec.peers;
  const metadata = { ...resource.metadata, namespace: ROOT_NAMESPACE };
  const [apiVersion, kind] = ['security.istio.io/v1', 'PeerAuthentication'];
  const written = resource.body['metadata'] as object;
  return {
    apiVersion,
    kind,
    metadata,
    body: {
      apiVersion,
      kind,
      metadata: { ...written, namespace: ROOT_NAMESPACE },
      spec: { mtls: { mode: peer?.mtls.mode } },
    },
    source: resource.source,
    lineOf: (path) => resource.lineOf(placeInMeshPolicy(path)),
    readAs: `MeshPolicy ${metadata.name} is read as PeerAuthentication ${ROOT_NAMESPACE}/${metadata.name}, which holds for the whole mesh; Istio 1.6 and later do not know the kind MeshPolicy`,
  };
}

function placeInMeshPolicy(path: Path): Path {
  return path[0] === 'spec' && path[1] === 'mtls' ? ['spec', 'peers', 0, ...path.slice(1)] : path;
}
