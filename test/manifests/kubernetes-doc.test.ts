import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { ISTIO } from '../../places/cluster/istio/install.ts';
import { ROOT } from './tree.ts';

const FILE = 'docs/kubernetes.md';
const text = readFileSync(`${ROOT}${FILE}`, 'utf8');
const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> };

/** Names in the text that do not exist in the repository. */
function missingIn(words: string): string[] {
  const paths = [...words.matchAll(/(?<![\w./-])(?:k8s|istio|services|docs)\/[\w./-]*\w/g)].map(([path]) => path);
  const commands = [...words.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
  const links = [...words.matchAll(/\]\(((?!https?:|#)[^)]+)\)/g)].map(([, to]) => `docs/${to}`);
  const headings = [...words.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));
  const jumps = [...words.matchAll(/\]\(#([^)]+)\)/g)].map(([, to]) => to ?? '');
  return [
    ...[...paths, ...links].filter((path) => !existsSync(`${ROOT}${path}`)),
    ...commands.filter((name) => !(name in scripts)).map((name) => `npm run ${name}`),
    ...jumps.filter((to) => !headings.includes(to)).map((to) => `#${to}`),
  ];
}

describe(FILE, () => {
  test('When it names files, folders, npm scripts and headings, then they exist', () => {
    expect(missingIn(text)).toEqual([]);
    expect(text.match(/npm run [\w:]+/g)?.length).toBeGreaterThan(10);
  });

  test.each([
    ['k8s/overlays/local', 'k8s/overlays/laptop'],
    ['npm run k8s:deploy', 'npm run k8s:apply'],
    ['(#minikube-with-kvm2)', '(#minikube)'],
    ['decisions/0008-deploying-with-kubectl.md', 'decisions/0008-skaffold.md'],
  ])('When %s is replaced by %s, then it is detected', (right, wrong) => {
    expect(missingIn(text.replace(right, wrong))).toHaveLength(1);
  });

  test('When it names a version of Istio, then it is the installed one', () => {
    // Kubernetes' own versions are written with a v.
    expect([...new Set(text.match(/(?<![\w.])1\.\d+\.\d+/g))]).toEqual([ISTIO]);
  });
});
