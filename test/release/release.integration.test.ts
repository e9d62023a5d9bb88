import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Part, Step } from './part.ts';
import { partsOf } from './parts.ts';
import { runParts } from './release.ts';

let folder = '';
beforeEach(() => void (folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-release-')))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A step that leaves its number in a file, with SIZE, and ends with an exit code. */
const step = (number: number, code = 0): Step => ({
  command: ['bash', '-c', `echo ${number} $SIZE >> ${folder}/ran; exit ${code}`],
  env: { SIZE: 'full' },
});
const ran = () => readFileSync(join(folder, 'ran'), 'utf8').trimEnd().split('\n');
const parts = (): Part[] => [
  { name: 'first', steps: [step(1), step(2, 3), step(9)] },
  { name: 'lacking', steps: [step(9)], missing: async () => 'no Docker answers' },
  { name: 'other', steps: [step(9)] },
  { name: 'last', steps: [step(4)] },
];
const options = { env: process.env, signal: new AbortController().signal, isChosen: () => true };

test('When a part fails, then the parts after it run, and each that does not run has its reason', async () => {
  const results = await runParts(parts(), { ...options, isChosen: (name) => name !== 'other' });
  expect(results.map(({ name, state, why }) => [name, state, why])).toEqual([
    ['first', 'failed', expect.stringMatching(/^SIZE=full bash -c echo 2 .* ended with exit code 3$/)],
    ['lacking', 'not run', 'no Docker answers'],
    ['other', 'not run', 'not chosen'],
    ['last', 'passed', undefined],
  ]);
  expect(ran()).toEqual(['1 full', '2 full', '4 full']);
});

test('When the run is interrupted, then the part ends, and the rest is not run', async () => {
  const controller = new AbortController();
  const endless: Part = {
    name: 'endless',
    steps: [step(1), { command: ['bash', '-c', `echo 2 >> ${folder}/ran; sleep 300`] }],
  };
  const running = runParts([endless, ...parts()], { ...options, signal: controller.signal });
  await eventually(() => ran().length === 2);
  controller.abort();
  const results = await running;
  expect(results.map(({ state, why }) => `${state}: ${why}`)).toEqual(Array(5).fill('not run: interrupted'));
});

test('When the machine lacks Go and a cluster, then the parts that need them say so', async () => {
  const env = { PATH: folder };
  const reasons = await Promise.all(partsOf(env).map(async ({ name, missing }) => [name, await missing?.(env)]));
  const { conformance, kubernetes } = Object.fromEntries(reasons) as Record<string, string>;
  expect(conformance).toBe('RECORDER is not set, and there is no Go to build it (test/conformance/README.md)');
  expect([undefined, 'KUBECONFIG is not set, no test cluster']).toContain(kubernetes);
});

test('When a recorder and a cluster are given, then they are used', async () => {
  const env = { PATH: folder, RECORDER: '/recorder', KUBECONFIG: '/config' };
  const of = (wanted: string) => partsOf(env).find(({ name }) => name === wanted)!;
  expect(await of('conformance').missing!(env)).toBeUndefined();
  expect(of('conformance').steps[0]!.env).toEqual({ RECORDER: '/recorder' });
  expect(await of('kubernetes').missing!(env)).toBeUndefined();
  expect(of('kubernetes').steps[0]!.env).toEqual({ PLACE: 'kubernetes', SIZE: 'full' });
});
