import type { Mutant } from '../mutant.ts';

/** A guard of what is made again when objects change. */
const again = (name: string, file: string, [find, replace]: [string, string]): Mutant => ({
  name: `made again: ${name}`,
  edits: [{ file: `packages/mesh/${file}`, find, replace }],
  tests: 'packages/mesh/envoy/configuration.test.ts',
  title: 'When one DestinationRule changes, then the clusters and endpoints of its host, in another mesh too',
});

/** What did not change is neither translated nor encoded again. */
export const PUSHES: Mutant[] = [
  again('a Service stays the same object', 'model/services/services.ts', [
    'perText((identities: string[]) => makeService(resource, identities))',
    '(identities: string[]) => makeService(resource, identities)',
  ]),
  again('the clusters of a Service stay', 'model/policy/clusters.ts', [
    'return perPair((service: Service, rule',
    'return ((service: Service, rule',
  ]),
  again('a rule stays', 'model/policy/destination-rules.ts', [
    'const ruleOf = perObject((resource',
    'const ruleOf = ((resource',
  ]),
  again('Envoy’s clusters stay', 'envoy/configuration.ts', [
    'clusterTo(one, findService(mesh, one.fqdn))',
    '({ ...clusterTo(one, findService(mesh, one.fqdn)) })',
  ]),
  again('assignments stay', 'envoy/endpoints.ts', ['const assignmentOf = perPair(', 'const assignmentOf = (']),
  {
    name: 'made again: the lists of endpoints stay',
    edits: [
      {
        file: 'places/local/envoys/mesh-endpoints.ts',
        find: 'before !== undefined && isDeepStrictEqual(before, now) ? before : now',
        replace: 'before === undefined ? now : [...now]',
      },
    ],
    tests: 'places/local/envoys/mesh-endpoints.test.ts',
    title: 'When a pod changes, then only the lists that it is in are other lists, in another mesh too',
  },
];
