import type { Mutant } from '../mutant.ts';

const judged = (name: string, field: string, edit: Mutant['edits'][0]): Mutant => ({
  name,
  edits: [{ ...edit, file: `packages/mesh/manifests/kinds/${edit.file}.ts` }],
  tests: 'test/conformance/verdicts/verdicts.test.ts',
  title: `When ${field} has an odd value, then it is taken as in a cluster, or refused`,
});

const POD = 'Deployment spec.template.spec.containers[]';

/** The guards of what `apply` takes and refuses, as a real API server and Istio's webhook do. */
export const VERDICTS: Mutant[] = [
  judged('numbers have 32 bits', 'Deployment spec.replicas', {
    file: 'schema',
    find: 'export const count = count64.max(INT32, atMost);',
    replace: 'export const count = count64;',
  }),
  judged('a pause before SIGTERM fits into the grace period', `${POD}.lifecycle.preStop.sleep.seconds`, {
    file: 'pod',
    find: '(lifecycle?.preStop?.sleep.seconds ?? 0) <= most',
    replace: '(lifecycle?.preStop?.sleep.seconds ?? 0) <= most + 1e6',
  }),
  judged('what a cluster takes is not refused', `${POD}.startupProbe.periodSeconds`, {
    file: 'probe',
    find: 'periodSeconds: countOr(10)',
    replace: 'periodSeconds: count.min(1).default(10)',
  }),
  judged('a Service is named as DNS wants it', 'Service metadata.name', {
    file: 'service',
    find: 'extend({ name: serviceName })',
    replace: 'extend({ name: dnsLabel })',
  }),
  {
    name: 'Istio’s warnings are ours',
    edits: [
      {
        file: 'packages/mesh/manifests/warnings.ts',
        find: '...resources.flatMap(istioWarnings),',
        replace: '...resources.slice(0, 0).flatMap(istioWarnings),',
      },
    ],
    tests: 'test/conformance/verdicts/verdicts.test.ts',
    title: 'When slips is ap-sel-empty, of which Istio warns, then so do we, or it is refused',
  },
];
