import { asKind } from '../kinds/typed.ts';
import { ROOT_NAMESPACE } from '../mesh-config.ts';
import type { Resource } from '../resource.ts';

/** The FQDN of a host in an object of a namespace: only a name without a dot is short. */
export function toFqdn(host: string, namespace: string): string {
  return host.includes('.') || host === '*' ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Finds Services and DestinationRules by host. */
export function meshFinder(resources: readonly Resource[]) {
  const services = new Map(
    ofKind(resources, 'Service').map((one) => [toFqdn(one.metadata.name, one.metadata.namespace ?? ''), one]),
  );
  const rules = ofKind(resources, 'DestinationRule').map((resource) => {
    const { metadata } = resource;
    return {
      resource,
      namespace: metadata.namespace,
      host: toFqdn(asKind(resource, 'DestinationRule').spec.host, metadata.namespace ?? ''),
    };
  });

  /** The DestinationRules for a host: the most specific ones of the first namespace that has any (the caller's, the host's, the root). */
  function rulesFor(fqdn: string, caller: string): Resource[] {
    const namespaces = [caller, services.get(fqdn)?.metadata.namespace, ROOT_NAMESPACE];
    for (const one of namespaces) {
      const found = rules.filter(({ namespace, host }) => namespace === one && matchesHost(host, fqdn));
      const best = found.map(({ host }) => host).sort(mostSpecificFirst)[0];
      if (best !== undefined) return found.filter(({ host }) => host === best).map(({ resource }) => resource);
    }
    return [];
  }

  return { serviceAt: (fqdn: string) => services.get(fqdn), hosts: [...services.keys()], rulesFor };
}

export type MeshFinder = ReturnType<typeof meshFinder>;

export function ofKind(resources: readonly Resource[], kind: string): Resource[] {
  return resources.filter((resource) => resource.kind === kind);
}

function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : pattern === host;
}

function mostSpecificFirst(a: string, b: string): number {
  return Number(a.startsWith('*')) - Number(b.startsWith('*')) || b.length - a.length;
}
