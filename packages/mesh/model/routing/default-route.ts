import type { Rules } from '../policy/destination-rules.ts';
import { UNCHANGED } from './header-changes.ts';
import { hashOf } from '../policy/load-balancing.ts';
import { MATCH_ALL, type ProxyPort } from './matches.ts';
import type { Route } from './route.ts';
import type { Service } from '../services/service.ts';

/** The route of a Service without a VirtualService: every request goes to any pod of the Service. */
export function defaultRoute(service: Service, { namespace, port }: ProxyPort, rules: Rules): Route {
  const { fqdn } = service;
  const rule = rules(namespace, service);
  const hash = rule && hashOf(rule, undefined, port);
  const destinations = [{ destination: { fqdn, port, subset: '' }, weight: 0 }];
  return {
    name: 'default',
    match: MATCH_ALL,
    action: { kind: 'forward', destinations, weighted: false, mirrors: [], hashes: hash ? [hash] : [] },
    headers: UNCHANGED,
    span: `${fqdn}:${port}/*`,
    config: undefined,
    because: service.because,
  };
}
