import { at } from '../shop/objects.ts';

/** An object in the JSON of Envoy's admin interface. */
export type EnvoyObject = Record<string, unknown>;

/** A list in a dump; [] where it is missing, because Envoy leaves empty lists out. */
export function list(object: unknown, ...path: (string | number)[]): EnvoyObject[] {
  const value = at(object, ...path);
  return Array.isArray(value) ? (value as EnvoyObject[]) : [];
}

/** A text in a dump; '' where it is missing. */
export function text(object: unknown, ...path: (string | number)[]): string {
  const value = at(object, ...path);
  return value === undefined || value === null ? '' : String(value as string | number);
}

/** The listeners, clusters, route configurations and secrets that an Envoy uses, from its `/config_dump`. */
export function readDump(dump: unknown) {
  const configs = list(dump, 'configs');
  const of = (type: string) => configs.find((one) => text(one, '@type').endsWith(`.${type}`));
  const [clusters, listeners, routes, secrets] = ['Clusters', 'Listeners', 'Routes', 'Secrets'].map((kind) =>
    of(`${kind}ConfigDump`),
  );
  const inner = (shown: EnvoyObject[], ...path: string[]): EnvoyObject[] =>
    shown.map((one) => at(one, ...path) as EnvoyObject | undefined).filter((one) => one !== undefined);
  return {
    listeners: [
      ...inner(list(listeners, 'static_listeners'), 'listener'),
      ...inner(list(listeners, 'dynamic_listeners'), 'active_state', 'listener'),
    ],
    clusters: [
      ...inner(list(clusters, 'static_clusters'), 'cluster'),
      ...inner(list(clusters, 'dynamic_active_clusters'), 'cluster'),
    ],
    routes: [
      ...inner(list(routes, 'dynamic_route_configs'), 'route_config'),
      ...inner(list(routes, 'static_route_configs'), 'route_config'),
    ],
    secrets: [
      ...list(secrets, 'dynamic_active_secrets').map((one): Secret => ({ ...one, state: 'ACTIVE' })),
      ...list(secrets, 'dynamic_warming_secrets').map((one): Secret => ({ ...one, state: 'WARMING' })),
    ],
  };
}

/** A secret, and whether Envoy uses it already. */
export type Secret = EnvoyObject & { state: 'ACTIVE' | 'WARMING' };

/** The Istio object that a part of the configuration comes from, as istioctl prints it: `billing.shop` of `/apis/…/namespaces/shop/virtual-service/billing`. */
export function configSource(object: unknown): string {
  const config = text(object, 'metadata', 'filter_metadata', 'istio', 'config');
  const [, namespace, name] =
    /^\/apis\/networking\.istio\.io\/.+\/namespaces\/([^/]+)\/[^/]+\/(.+)$/.exec(config) ?? [];
  return name === undefined ? config : `${name}.${namespace}`;
}

/** Compares by the first key whose numbers or texts differ. */
export function byKeys<T>(...keys: ((one: T) => string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
