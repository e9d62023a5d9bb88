import { expect, test } from '@jest/globals';
import { proxyStatus, refusalSentences } from './proxy-status.ts';

type Asked = Parameters<typeof proxyStatus>[0];
const refusal = { type: 'listeners' as const, name: 'a', reason: 'no such thing' };
const plane = {
  stateOf: (node: string) =>
    node === 'known' ? { isDone: () => true, refusals: () => [refusal], stateOf: () => 'ERROR' as const } : undefined,
  refusals: () => [{ ...refusal, node: 'known' }],
} as unknown as Asked['plane'];
const pod = (name: string, node?: string) => ({ name, namespace: 'shop', proxy: node && { node } });
const pods = { all: () => [pod('web', 'known'), pod('new', 'unknown'), pod('outside')] } as unknown as Asked['pods'];

test('When Envoys are listed, then those that never asked are NOT SENT, and pods without one are left out', () => {
  const shown = proxyStatus({ plane, pods }).map(({ pod: name, states, refusals }) => [name, states.routes, refusals]);
  expect(shown).toEqual([
    ['web', 'ERROR', [refusal]],
    ['new', 'NOT SENT', []],
  ]);
});

test('When an Envoy refuses something, then a sentence has its pod, the resource and the reason', () => {
  expect(refusalSentences({ plane, pods })).toEqual([
    'the Envoy of web refuses listeners a and keeps what it had: no such thing',
  ]);
  expect(refusalSentences({ plane: undefined, pods })).toEqual([]);
});

test('When there is no mesh, then the sentence says so', () => {
  expect(() => proxyStatus({ plane: undefined, pods })).toThrow(
    'There is no mesh: the shop was started with --no-mesh.',
  );
});
