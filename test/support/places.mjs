/**
 * The test files that do not run in a place, and the reason; every run prints them.
 * @type {Record<string, { file: string, reason: string }[]>}
 */
const CANNOT = {
  local: [
    {
      file: 'test/e2e/mesh/sync',
      reason: 'npx tuesday apply returns when every Envoy has acknowledged: nothing can be late after it',
    },
    { file: 'test/e2e/mesh/analyze', reason: 'asks istioctl about a live cluster; npx tuesday apply warns by itself' },
    { file: 'test/e2e/documents/cluster', reason: 'runs what documents say about a cluster (sh cluster)' },
  ],
  kubernetes: [
    { file: 'test/e2e/documents/laptop', reason: 'runs what documents say about a laptop (sh)' },
    { file: 'test/e2e/documents/fresh', reason: 'runs what documents say about a fresh clone (sh fresh)' },
    { file: 'test/e2e/documents/help', reason: 'runs the examples of npx tuesday, which need a shop on a laptop' },
    { file: 'test/e2e/lifecycle', reason: 'starts and kills the local runner' },
    { file: 'test/e2e/pod-faults', reason: 'takes the place of files in the state folder of the local runner' },
    {
      file: 'test/e2e/frozen',
      reason: 'sends signals to processes, which are not to be seen from outside of a container',
    },
    { file: 'test/e2e/new-service', reason: 'follows CONTRIBUTING.md in a copy of the tree, up to npm start' },
    { file: 'test/e2e/terminal', reason: 'is about the commands of npx tuesday; a cluster has kubectl' },
    { file: 'test/e2e/commands', reason: 'is about the commands of npx tuesday; a cluster has istioctl' },
    {
      file: 'test/e2e/money',
      reason: 'a kubelet waits minutes before it restarts what was killed often; test/e2e/mesh/restarts kills there',
    },
    {
      file: 'test/e2e/mesh/ports-mutual-tls',
      reason: 'needs the filter istio.alpn of Istio’s own proxies, which those of the test cluster do not have',
    },
    { file: 'test/browser/', reason: 'looks at the page, which is the same image in every place' },
  ],
  compose: [
    { file: 'test/e2e/mesh/', reason: 'compose has no mesh' },
    { file: 'test/e2e/documents/', reason: 'documents are about a laptop and a cluster' },
    { file: 'test/e2e/lifecycle', reason: 'starts and kills the local runner' },
    { file: 'test/e2e/pod-faults', reason: 'takes the place of files in the state folder of the local runner' },
    {
      file: 'test/e2e/frozen',
      reason: 'sends signals to processes, which are not to be seen from outside of a container',
    },
    { file: 'test/e2e/new-service', reason: 'follows CONTRIBUTING.md in a copy of the tree, up to npm start' },
    { file: 'test/e2e/terminal', reason: 'is about the commands of npx tuesday; compose has docker compose' },
    { file: 'test/e2e/commands', reason: 'is about the commands of npx tuesday; compose has docker compose' },
    { file: 'test/browser/', reason: 'looks at the page, which is the same image in every place' },
  ],
};

export const PLACE = process.env['PLACE'] ?? 'local';

/** Rows of the table for a place. */
export const cannotHold = (place = PLACE) => CANNOT[place] ?? [];
