import { z } from 'zod';
import { envelope, NOT_TWICE, strict } from '../schema.ts';
import { httpRoute } from './http-route.ts';
import { gatewayName } from './match.ts';
import { hostName } from './shared.ts';

const exportTo = z.enum(['*', '.'], { error: 'must be "*" or "." (a choice of namespaces is not modelled locally)' });

/** The routes for requests to its hosts (istio.io, Virtual Service), in all sidecars or in the gateways that it names. */
export const virtualService = strict({
  ...envelope,
  spec: strict({
    hosts: z.array(hostName).min(1, { error: 'must name a host' }),
    gateways: z.array(gatewayName).default([]),
    exportTo: z.array(exportTo).default([]),
    http: z.array(httpRoute).min(1, { error: 'must have an entry' }),
  }).superRefine(({ hosts, gateways }, context) => {
    const wildcard = hosts.indexOf('*');
    if (wildcard >= 0 && (gateways.length === 0 || gateways.includes('mesh')))
      context.addIssue({
        code: 'custom',
        path: ['hosts', wildcard],
        message: 'must be named one by one where they hold for the mesh (gateways names none, or "mesh")',
      });
    const twice = hosts.findIndex((host, index) => hosts.indexOf(host) < index);
    if (twice >= 0) context.addIssue({ code: 'custom', path: ['hosts', twice], message: NOT_TWICE });
  }),
});
