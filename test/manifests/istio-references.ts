import type { IDestinationRule, IGateway } from '@kubernetes-models/istio/networking.istio.io/v1';
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1';
import { type Resource, asKind, matches, podTemplateOf } from '@tuesday/mesh/manifests';
import { title, virtualServices } from './routes.ts';
import { objects } from './tree.ts';
import type { Tree } from './tree.ts';

type Spec<T extends { spec?: unknown }> = NonNullable<T['spec']>;

/** Everything that the shop's Istio objects name exists: hosts, subsets, gateways, accounts, and pods by label. */
export function istioReferencesResolve(tree: Tree): string[] {
  const all = objects(tree);
  return [...destinations(tree, all), ...subsets(all), ...gateways(tree, all), ...policies(all)];
}

function destinations(tree: Tree, all: Resource[]): string[] {
  return virtualServices(tree).flatMap((one) => [
    ...one.hosts
      .filter((host) => host !== '*' && serviceOf(all, host) === undefined)
      .map((host) => `${one.file}: there is no Service for the host ${host}`),
    ...one.http.flatMap((route) =>
      (route.route ?? []).flatMap(({ destination: { host = '', subset } = {} }) => {
        if (serviceOf(all, host) === undefined)
          return [`${one.file}: ${title(one, route)} leads to ${host}, which is not a Service`];
        if (subset === undefined || subsetsOf(all, host).some(({ name }) => name === subset)) return [];
        return [`${one.file}: ${title(one, route)} leads to subset ${subset} of ${host}, which no DestinationRule has`];
      }),
    ),
  ]);
}

function serviceOf(all: Resource[], host: string): Resource | undefined {
  const [name, namespace = 'shop'] = host.split('.');
  return all.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
  );
}

function subsetsOf(all: Resource[], host: string) {
  return all
    .filter(({ kind }) => kind === 'DestinationRule')
    .map(({ body }) => body['spec'] as Spec<IDestinationRule>)
    .filter((spec) => spec.host === host)
    .flatMap((spec) => spec.subsets ?? []);
}

function subsets(all: Resource[]): string[] {
  return all
    .filter(({ kind }) => kind === 'DestinationRule')
    .flatMap(({ body, source }) => {
      const { host = '', subsets: own = [] } = body['spec'] as Spec<IDestinationRule>;
      const service = serviceOf(all, host);
      if (service === undefined) return [`${source.file}: ${host} is not a Service`];
      const { selector } = asKind(service, 'Service').spec;
      return own
        .filter(({ labels = {} }) => !podsMatch(all, { ...selector, ...labels }))
        .map(({ name }) => `${source.file}: no pod of ${host} is in subset ${name}`);
    });
}

function podsMatch(all: Resource[], selector: Record<string, string>): boolean {
  return all.some((object) => matches(podTemplateOf(object)?.metadata.labels ?? {}, selector));
}

function gateways(tree: Tree, all: Resource[]): string[] {
  const known = all.filter(({ kind }) => kind === 'Gateway');
  const unmatched = known
    .filter(({ body }) => !podsMatch(all, (body['spec'] as Spec<IGateway>).selector ?? {}))
    .map(({ source, metadata }) => `${source.file}: Gateway ${metadata.name} selects no pods`);
  const missing = virtualServices(tree).flatMap((one) =>
    one.gateways
      .filter((name) => name !== 'mesh' && !known.some(({ metadata }) => metadata.name === name))
      .map((name) => `${one.file}: there is no Gateway ${name}`),
  );
  return [...unmatched, ...missing];
}

function policies(all: Resource[]): string[] {
  return all
    .filter(({ kind }) => kind === 'AuthorizationPolicy')
    .flatMap(({ body, source }) => {
      const { selector, rules = [] } = (body['spec'] ?? {}) as Spec<IAuthorizationPolicy>;
      const accounts = rules.flatMap((rule) =>
        (rule.from ?? []).flatMap(({ source: from }) => from?.serviceAccounts ?? []),
      );
      const unknown = accounts.filter(
        (name) => !all.some(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === name),
      );
      return [
        ...unknown.map((name) => `${source.file}: there is no ServiceAccount ${name}`),
        ...(podsMatch(all, selector?.matchLabels ?? {}) ? [] : [`${source.file}: the policy selects no pods`]),
      ];
    });
}
