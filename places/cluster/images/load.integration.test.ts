import { describe, expect, test } from '@jest/globals';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { IMAGES, loadImages, type LoadOptions } from './load.ts';
import { loadTree, objects } from '../../../test/manifests/tree.ts';
import { kubectl, withTools } from '../testing/fake-tools.ts';
import type { Answer } from '../testing/fake-tools.ts';

const context = (name: string) => kubectl('config current-context', `${name}\n`);
const tool = (name: string, rest: Partial<Answer> = {}): Answer => ({ tool: name, args: '*', outputs: [''], ...rest });
const docker = tool('docker', { outputs: ['an archive'] });
const load = (answers: Answer[], options: Partial<LoadOptions> = {}, images = IMAGES) =>
  withTools(answers, (terminal) => loadImages(terminal, images, { to: undefined, nodes: [], ctr: 'ctr', ...options }));
const all = IMAGES.join(' ');

describe('load', () => {
  test('When the manifests are read, then our own images in them are those of services/', () => {
    const named = objects(loadTree(), 'k8s/base/').flatMap((object) => podTemplateOf(object)?.spec.containers ?? []);
    const ours = named.map(({ image }) => image).filter((image) => image.startsWith('tuesday.local/'));
    expect([...new Set(ours)].sort()).toEqual([...IMAGES].sort());
  });

  test("When the context is kind's, then kind loads them", async () => {
    const { code, out, calls } = await load([context('kind-shop'), docker, tool('kind')]);
    expect(code).toBe(0);
    expect(calls.at(-1)).toBe(`kind load docker-image ${all} --name shop`);
    expect(out).toBe(`Loading ${IMAGES.length} images into kind's cluster shop.\nThey are there: npm run k8s:deploy\n`);
  });

  test("When the context is minikube's, then minikube loads each", async () => {
    const { code, calls } = await load([context('minikube'), docker, tool('minikube')]);
    expect(code).toBe(0);
    expect(calls.filter((call) => call.startsWith('minikube'))).toEqual(
      IMAGES.map((image) => `minikube -p minikube image load ${image}`),
    );
  });

  test('When it is another profile of minikube, then minikube gets that profile', async () => {
    const { calls } = await load([context('oslo'), docker, tool('minikube')], { to: 'minikube' }, ['a:1']);
    expect(calls.at(-1)).toBe('minikube -p oslo image load a:1');
  });

  test("When the node is this machine, then containerd reads Docker's archive", async () => {
    const { code, calls, stdin } = await load([docker, tool('sudo')], { to: 'containerd', ctr: 'k3s ctr' });
    expect(code).toBe(0);
    expect(calls).toContain(`docker save ${all}`);
    expect(calls).toContain('sudo k3s ctr -n k8s.io images import -');
    expect(stdin).toBe('an archive');
  });

  test('When nodes are named, then each gets the archive by ssh', async () => {
    const { code, calls, stdin } = await load([docker, tool('ssh')], { to: 'containerd', nodes: ['me@a', 'me@b'] });
    expect(code).toBe(0);
    expect(calls.filter((call) => call.startsWith('ssh'))).toEqual(
      ['me@a', 'me@b'].map((node) => `ssh ${node} sudo ctr -n k8s.io images import -`),
    );
    expect(stdin).toBe('an archivean archive');
  });

  test.each<
    [what: string, answers: Answer[], calls: Parameters<typeof load>[1], says: string, mend: string, images?: string[]]
  >([
    ['Docker is not there', [context('kind-shop')], {}, 'docker is not on PATH.', 'see https://docs.docker.com/'],
    [
      'an image of ours was not built',
      [context('kind-shop'), tool('docker', { code: 1 })],
      {},
      `Docker has no image ${IMAGES[0]}.`,
      'docker compose build',
    ],
    [
      'another image was not pulled',
      [context('kind-shop'), tool('docker', { code: 1 })],
      {},
      'Docker has no image postgres:18.',
      'docker pull postgres:18',
      ['postgres:18'],
    ],
    [
      'the nodes are not known',
      [context('prod'), docker],
      {},
      "Context prod is neither kind's nor minikube's, so its nodes have to be named.",
      'npm run images:load -- --to containerd --node USER@HOST',
    ],
    ['nodes are called something else', [docker], { to: 'docker' }, 'not "docker".', 'npm run images:load -- --help'],
    [
      'kind does not know the cluster',
      [context('kind-shop'), docker, tool('kind', { stderr: 'ERROR: no nodes found for cluster "shop"\n', code: 1 })],
      {},
      'kind load failed: no nodes found for cluster "shop".',
      'kind get clusters',
    ],
    [
      'a node refuses',
      [docker, tool('ssh', { stderr: 'me@a: Permission denied (publickey).\n', code: 255 })],
      { to: 'containerd', nodes: ['me@a'] },
      'The images did not get to me@a: me@a: Permission denied (publickey).',
      'docker save a:1 | ssh me@a sudo ctr -n k8s.io images import -',
      ['a:1'],
    ],
  ])('When %s, then it says so, and what mends it', async (_, answers, options, says, mend, images = IMAGES) => {
    const { code, err } = await load(answers, options, images);
    expect(code).toBe(1);
    expect(err).toContain(says);
    expect(err).toContain(`Mend it: ${mend}`);
  });
});
