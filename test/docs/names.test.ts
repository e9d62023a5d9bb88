import { expect, test } from '@jest/globals';
import { ISTIO } from '../../places/cluster/istio/install.ts';
import { documents, missingIn } from './names.ts';

const DOCUMENTS = documents();
const named = (file: string) => DOCUMENTS.find((one) => one.file === file)!;

test.each(DOCUMENTS.map((document) => [document.file, document] as const))(
  'When %s names files, folders, headings and npm scripts, then they exist',
  (_, document) => {
    expect(missingIn(document)).toEqual([]);
  },
);

test('When the documents are looked for, then none is left out', () => {
  expect(DOCUMENTS.map(({ file }) => file)).toEqual(
    expect.arrayContaining([
      'README.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
      'docs/kubernetes.md',
      'docs/decisions/0012-compared-with-recordings.md',
      'packages/mesh/README.md',
      'test/conformance/README.md',
    ]),
  );
});

test.each([
  ['docs/kubernetes.md', 'k8s/overlays/local', 'k8s/overlays/laptop'],
  ['docs/kubernetes.md', 'npm run k8s:deploy', 'npm run k8s:apply'],
  ['docs/kubernetes.md', '(#minikube-with-kvm2)', '(#minikube)'],
  ['docs/kubernetes.md', '(performance.md#compared-with-kubernetes)', '(performance.md#compared)'],
  ['docs/kubernetes.md', 'decisions/0008-deploying-with-kubectl.md', 'decisions/0008-skaffold.md'],
  ['docs/architecture.md', '`outbox.ts`', '`relay.ts`'],
  ['docs/architecture.md', '`pods/`', '`lives/`'],
  ['docs/architecture.md', '`network/capture.cjs`', '`network/catch.cjs`'],
  ['README.md', '(docs/fidelity.md)', '(docs/differences.md)'],
  ['packages/mesh/README.md', '(../../docs/fidelity.md)', '(../docs/fidelity.md)'],
  ['CONTRIBUTING.md', 'packages/service/src/errors.ts', 'packages/service/src/problems.ts'],
])('When in %s %s becomes %s, then it is detected', (file, right, wrong) => {
  const { text } = named(file);
  expect(text).toContain(right);
  expect(missingIn({ file, text: text.replace(right, wrong) })).toHaveLength(1);
});

test('When docs/kubernetes.md names a version of Istio, then it is the installed one', () => {
  // Kubernetes' own versions are written with a v.
  expect([...new Set(named('docs/kubernetes.md').text.match(/(?<![\w.])1\.\d+\.\d+/g))]).toEqual([ISTIO]);
});
