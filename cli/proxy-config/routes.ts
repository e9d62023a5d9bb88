import { configSource, list, type EnvoyObject, text } from './dump.ts';

/** The route configurations of a name, or all of them; those without a name are of no listener. */
export function filterRoutes(all: readonly EnvoyObject[], { name }: { name?: string }): EnvoyObject[] {
  return all.filter((one) => name === undefined || text(one, 'name') === name);
}

/** istioctl's table of routes. Source: istio/istio, istioctl/pkg/writer/envoy/configdump/route.go. */
export function routeRows(configurations: readonly EnvoyObject[]): string[][] {
  const rows = configurations.flatMap((configuration) =>
    list(configuration, 'virtual_hosts').flatMap((host) => {
      const head = [text(configuration, 'name'), text(host, 'name'), domains(host)];
      const routes = list(host, 'routes').map((route) => [...head, pathMatch(route['match']), configSource(route)]);
      return routes.length === 0 ? [[...head, '/*', '404']] : routes;
    }),
  );
  return [['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'], ...rows];
}

/** The first two names of a host, and the number of others. */
function domains(host: EnvoyObject): string {
  const all = (host['domains'] ?? []) as string[];
  const given = new Set(all.filter((domain) => !domain.includes(':')));
  const isLonger = (domain: string) =>
    ['.svc.cluster.local', '.svc'].some((end) => domain.endsWith(end) && given.has(domain.slice(0, -end.length)));
  const shown = [...given].filter((domain) => !isLonger(domain));
  const more = shown.length - 2;
  return shown.slice(0, 2).join(', ') + (more > 0 ? ` + ${more} more...` : '');
}

/** The path that a route matches; `-o json` shows the headers too. */
export function pathMatch(match: unknown): string {
  const prefix = text(match, 'prefix');
  const separated = text(match, 'path_separated_prefix');
  const regex = text(match, 'safe_regex', 'regex');
  if (prefix !== '') return `${prefix}*`;
  if (separated !== '') return `PathSeparatedPrefix:${separated}`;
  return regex === '' ? text(match, 'path') : `regex ${regex}`;
}
