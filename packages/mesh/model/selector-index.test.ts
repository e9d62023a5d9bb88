import { describe, expect, test } from '@jest/globals';
import { type Labels, type Pod, matches } from '../manifests/labels.ts';
import { type Selector, selectorIndex } from './selector-index.ts';

/** Pseudo-random numbers from 0 to below `limit`, the same for the same seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Few namespaces, keys and values, so that much matches; `b=c` tells apart the pairs `a`, `b=c` and `a=b`, `c`. */
function randomLabels(below: (limit: number) => number, most: number): Labels {
  const keys = ['app', 'version', 'a', 'a=b'];
  const values = ['1', '2', 'c', 'b=c'];
  return Object.fromEntries(Array.from({ length: below(most + 1) }, () => [keys[below(4)]!, values[below(4)]!]));
}

describe('The index of selectors', () => {
  test.each([1, 2, 3, 4, 5])(
    'When selectors and labels are random (%i), then it finds what plain matching does',
    (seed) => {
      const below = numbers(seed);
      const place = () => `n${below(3)}`;
      const all = Array.from({ length: 200 }, (): Selector => {
        return { namespace: place(), selector: randomLabels(below, 3) };
      });
      const find = selectorIndex(all, (one) => one);
      const pods = Array.from({ length: 200 }, (): Pod => ({ namespace: place(), labels: randomLabels(below, 4) }));
      for (const pod of pods) {
        const plain = all.filter((one) => one.namespace === pod.namespace && matches(pod.labels, one.selector));
        expect(find(pod)).toEqual(plain);
      }
    },
  );

  test('When selectors share a label, then a pod is compared only with those that share its own other label', () => {
    let reads = 0;
    const watched = (selector: Labels) =>
      new Proxy(selector, { ownKeys: (target) => ((reads += 1), Reflect.ownKeys(target)) });
    const all = Array.from({ length: 100 }, (_, index) => ({
      namespace: 'shop',
      selector: watched({ version: 'v1', app: `a${index}` }),
    }));
    const find = selectorIndex(all, (one) => one);
    reads = 0;
    expect(find({ namespace: 'shop', labels: { version: 'v1', app: 'a7', team: 'b' } })).toEqual([all[7]]);
    expect(reads).toBe(1);
  });
});
