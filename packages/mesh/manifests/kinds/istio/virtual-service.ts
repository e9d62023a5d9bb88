import { z } from 'zod';
import { envelope, NOT_TWICE, strict } from '../schema.ts';
import { httpRoute } from './http-route.ts';
import { gatewayName, type Match } from './match.ts';
import { claimNames } from './claim-names.ts';
import { overlap } from '../../hosts.ts';
import { hostOrAddress } from './shared.ts';

/** The namespaces that see it: `.` is its own, `*` all of them, and then the only entry. */
const exportTo = z
  .array(
    z.string().regex(/^(\*|\.|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/, {
      error: 'must be "*", "." or the name of a namespace',
    }),
  )
  .refine((all) => !all.includes('*') || all.length === 1, { error: 'must have no other entry beside "*"' })
  .refine((all) => new Set(all).size === all.length, { error: 'must not have an entry twice' });

/** The routes for requests to its hosts (istio.io, Virtual Service), in all sidecars or in the gateways that it names. */
export const virtualService = strict({
  ...envelope,
  spec: strict({
    hosts: z.array(hostOrAddress).min(1, { error: 'must name a host' }),
    gateways: z.array(gatewayName).default([]),
    exportTo: exportTo.default([]),
    http: z.array(httpRoute).min(1, { error: 'must have an entry' }),
  }).superRefine(({ hosts, gateways, http }, context) => {
    const wildcard = hosts.indexOf('*');
    const isForMesh = gateways.length === 0 || gateways.includes('mesh');
    const claim = http.findIndex(({ match }) => match.some(asksForClaim));
    if (claim >= 0 && isForMesh)
      context.addIssue({
        code: 'custom',
        path: ['http', claim],
        message: 'must not match claims of a token where it holds for the mesh: only gateways choose routes by them',
      });
    if (wildcard >= 0 && isForMesh)
      context.addIssue({
        code: 'custom',
        path: ['hosts', wildcard],
        message: 'must be named one by one where they hold for the mesh (gateways names none, or "mesh")',
      });
    const { index, other } = overlap(hosts) ?? {};
    if (index === undefined) return;
    const message = other === hosts[index] ? NOT_TWICE : `must not cover the same hosts as "${other}"`;
    context.addIssue({ code: 'custom', path: ['hosts', index], message });
  }),
});

function asksForClaim({ headers, withoutHeaders }: Match): boolean {
  return Object.keys({ ...headers, ...withoutHeaders }).some((name) => claimNames(name) !== undefined);
}
