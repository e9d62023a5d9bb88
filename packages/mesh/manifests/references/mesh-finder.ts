import { asKind } from '../kinds/typed.ts';
import { ROOT_NAMESPACE } from '../mesh-config.ts';
import type { Resource } from '../resource.ts';

/** The whole name of a host, as Istio reads it: only a name without a dot is short, and of the object's own namespace. */
export function wholeName(host: string, namespace: string): string {
  return host.includes('.') || host === '*' ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Finds Services and DestinationRules by host. */
export function meshFinder(resources: readonly Resource[]) {
  const services = new Map(
    ofKind(resources, 'Service').map((one) => [wholeName(one.metadata.name, one.metadata.namespace ?? ''), one]),
  );
  const rules = ofKind(resources, 'DestinationRule').map((resource) => {
    const { metadata } = resource;
    return {
      resource,
      namespace: metadata.namespace,
      host: wholeName(asKind(resource, 'DestinationRule').spec.host, metadata.namespace ?? ''),
    };
  });

  /** The DestinationRules of the first namespace that has any (the caller's, the host's, the root), and there those with the most specific host. */
  function rulesFor(fqdn: string, caller: string): Resource[] {
    const places = [caller, services.get(fqdn)?.metadata.namespace, ROOT_NAMESPACE];
    for (const place of places) {
      const here = rules.filter(({ namespace, host }) => namespace === place && covers(host, fqdn));
      const closest = here.map(({ host }) => host).sort(closestFirst)[0];
      if (closest !== undefined) return here.filter(({ host }) => host === closest).map(({ resource }) => resource);
    }
    return [];
  }

  return { serviceAt: (fqdn: string) => services.get(fqdn), hosts: [...services.keys()], rulesFor };
}

export type MeshFinder = ReturnType<typeof meshFinder>;

export function ofKind(resources: readonly Resource[], kind: string): Resource[] {
  return resources.filter((resource) => resource.kind === kind);
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : pattern === host;
}

function closestFirst(a: string, b: string): number {
  return Number(a.startsWith('*')) - Number(b.startsWith('*')) || b.length - a.length;
}
