import { fqdnOf, mostSpecific, resolveHost } from '../hosts.ts';
import { asKind } from '../kinds/typed.ts';
import { ROOT_NAMESPACE } from '../mesh-config.ts';
import type { Resource } from '../resource.ts';

/** Finds Services and DestinationRules by host. */
export function meshFinder(resources: readonly Resource[]) {
  const services = new Map(
    ofKind(resources, 'Service').map((one) => [fqdnOf(one.metadata.name, one.metadata.namespace ?? ''), one]),
  );
  const rules = ofKind(resources, 'DestinationRule').map((resource) => {
    const { namespace = '' } = resource.metadata;
    return { resource, namespace, host: resolveHost(asKind(resource, 'DestinationRule').spec.host, namespace) };
  });

  /** The DestinationRules for a host: the most specific ones of the first namespace that has any (the caller's, the host's, the root). */
  function rulesFor(fqdn: string, caller: string): Resource[] {
    for (const one of [caller, services.get(fqdn)?.metadata.namespace, ROOT_NAMESPACE]) {
      const own = rules.filter(({ namespace }) => namespace === one);
      const best = mostSpecific(fqdn, new Set(own.map(({ host }) => host)));
      if (best !== undefined) return own.filter(({ host }) => host === best).map(({ resource }) => resource);
    }
    return [];
  }

  return { serviceAt: (fqdn: string) => services.get(fqdn), hosts: [...services.keys()], rulesFor };
}

export type MeshFinder = ReturnType<typeof meshFinder>;

export function ofKind(resources: readonly Resource[], kind: string): Resource[] {
  return resources.filter((resource) => resource.kind === kind);
}
