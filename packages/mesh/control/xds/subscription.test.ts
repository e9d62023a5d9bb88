import { expect, test } from '@jest/globals';
import { createSubscription, type Subscription } from './subscription.ts';
import type { Versioned } from './resources.ts';
import { brief, request } from './testing/request.ts';
import { resource } from './testing/resource.ts';

const mapOf = (...all: readonly Versioned[]) => new Map(all.map((one) => [one.name, one]));
const many = (count: number) => Array.from({ length: count }, (_, index) => resource(`c${index}`));
const [a, b] = [resource('a'), resource('b')];
const a1 = resource('a', { note: 1 });

/** A subscription, and a proxy that answers as a test says. */
function subscribed(type: 'clusters' | 'endpoints', ...names: readonly string[]) {
  const subscription = createSubscription(type);
  subscription.receive(request({ type, subscribe: [...names] }));
  let nonce = '';
  return {
    ...subscription,
    next(...args: Parameters<Subscription['next']>) {
      const response = subscription.next(...args);
      if (response !== undefined) ({ nonce } = response);
      return response && brief(response);
    },
    answer: (refusal?: string) => subscription.receive(request({ type, nonce, refusal })),
    ask: (...subscribe: string[]) => subscription.receive(request({ type, subscribe })),
  };
}

test('When there are no clusters, then the first request is answered all the same, once', () => {
  const clusters = subscribed('clusters');
  expect([clusters.next(mapOf()), clusters.next(mapOf())]).toEqual(['clusters', undefined]);
  clusters.answer();
  expect(clusters.next(mapOf())).toBeUndefined();
});

test('When a response is unanswered, then what is wanted meanwhile is one response afterwards', () => {
  const clusters = subscribed('clusters');
  clusters.next(mapOf(a));
  expect([clusters.next(mapOf(a, b)), clusters.next(mapOf(a1, b))]).toEqual([undefined, undefined]);
  clusters.answer();
  expect(clusters.next(mapOf(a1, b))).toBe('clusters a1 b');
});

test('When an answer has the nonce of an earlier response, then the response under way still waits', () => {
  const clusters = subscribed('clusters');
  clusters.next(mapOf(a));
  clusters.receive(request({ type: 'clusters', nonce: 'another', refusal: 'bad' }));
  expect([clusters.isBusy(), clusters.uses(a), clusters.refusalOf(a)]).toEqual([true, false, undefined]);
  clusters.answer();
  expect([clusters.isBusy(), clusters.uses(a)]).toEqual([false, true]);
});

test('When resources are asked for by name, then only these are sent, and not after they are not wanted any more', () => {
  const endpoints = subscribed('endpoints', 'a');
  expect(endpoints.next(mapOf(a, b))).toBe('endpoints a');
  endpoints.answer();
  endpoints.receive(request({ type: 'endpoints', subscribe: ['b'], unsubscribe: ['a'] }));
  expect(endpoints.next(mapOf(a1, b))).toBe('endpoints b');
  endpoints.answer();
  expect(endpoints.names()).toEqual(['b']);
});

test('When a name has no resource, then it is answered once, and sent when there is one', () => {
  const endpoints = subscribed('endpoints', 'a', 'b');
  expect(endpoints.next(mapOf(b))).toBe('endpoints b -a');
  endpoints.answer();
  expect(endpoints.next(mapOf(b))).toBeUndefined();
  expect(endpoints.next(mapOf(a, b))).toBe('endpoints a');
});

test('When the same name is asked for again, then it is sent again', () => {
  const endpoints = subscribed('endpoints', 'a');
  endpoints.next(mapOf(a));
  endpoints.answer();
  endpoints.ask('a');
  expect(endpoints.next(mapOf(a))).toBe('endpoints a');
});

test('When a name is asked for while its response is under way, then it is sent once more', () => {
  const endpoints = subscribed('endpoints', 'a', 'b');
  endpoints.next(mapOf(a, b));
  endpoints.ask('a');
  endpoints.answer();
  expect(endpoints.next(mapOf(a, b))).toBe('endpoints a');
  endpoints.answer();
  expect(endpoints.next(mapOf(a, b))).toBeUndefined();
});

/** The sizes of the responses until a proxy that refuses the resource `bad` has everything else. */
function sizesUntilFound(wanted: readonly Versioned[], bad: number) {
  const clusters = subscribed('clusters');
  const sizes: number[] = [];
  for (let most = 100; most > 0; most -= 1) {
    const names = clusters
      .next(mapOf(...wanted))
      ?.split(' ')
      .slice(1);
    if (names === undefined) break;
    sizes.push(names.length);
    clusters.answer(names.includes(`c${bad}`) ? `c${bad} is bad` : undefined);
  }
  return { clusters, sizes };
}

test.each([
  [0, [60, 30, 15, 8, 4, 2, 1, 59]],
  [59, [60, 30, 30, 15, 15, 8, 7, 4, 3, 2, 1]],
])(
  'When cluster %d of 60 is refused, then halves are sent until it is alone, and all others are in use',
  (bad, expected) => {
    const wanted = many(60);
    const { clusters, sizes } = sizesUntilFound(wanted, bad);
    expect(sizes).toEqual(expected);
    expect(wanted.filter((one) => !clusters.uses(one)).map(({ name }) => name)).toEqual([`c${bad}`]);
    expect(clusters.refusalOf(wanted[bad]!)).toBe(`c${bad} is bad`);
  },
);

test('When two versions are refused in turn, then the first one is sent again', () => {
  const clusters = subscribed('clusters');
  for (const [version, shown] of [
    [a, 'a'],
    [a1, 'a1'],
    [a, 'a'],
    [a1, 'a1'],
  ] as const) {
    expect(clusters.next(mapOf(version))).toBe(`clusters ${shown}`);
    clusters.answer(`${shown} is bad`);
    expect([clusters.refusalOf(version), clusters.next(mapOf(version))]).toEqual([`${shown} is bad`, undefined]);
  }
});

test('When a response is refused, then nothing of it counts, neither its resources nor its removals', () => {
  const [c, d] = [resource('c'), resource('d')];
  const clusters = subscribed('clusters');
  clusters.next(mapOf(a, b));
  clusters.answer();
  expect(clusters.next(mapOf(a1, c, d), ['b'])).toBe('clusters a1 c d -b');
  clusters.answer('c is bad');
  expect([a, a1, c, d].filter(clusters.uses)).toEqual([]);
  expect(clusters.names()).toContain('b');
});

test('When a resource at fault is looked for, then the halves remove nothing, and what is unused goes afterwards', () => {
  const [c, d] = [resource('c'), resource('d')];
  const clusters = subscribed('clusters');
  clusters.next(mapOf(a, b));
  clusters.answer();
  clusters.next(mapOf(a, c, d), ['b']);
  const answers = ['c or d is bad', 'c or d is bad', undefined, 'd is bad', undefined];
  const halves = answers.map((refusal) => {
    clusters.answer(refusal);
    return clusters.next(mapOf(a, c, d), ['b']);
  });
  expect(halves).toEqual(['clusters c d', 'clusters c', 'clusters d', 'clusters -b', undefined]);
  expect([clusters.uses(c), clusters.refusalOf(d)]).toEqual([true, 'd is bad']);
});

test('When a refused name is not wanted for a while, then its refusal is forgotten, and it is sent again', () => {
  const clusters = subscribed('clusters');
  clusters.next(mapOf(a));
  clusters.answer('bad');
  expect(clusters.next(mapOf())).toBeUndefined();
  expect(clusters.refusalOf(a)).toBeUndefined();
  expect(clusters.next(mapOf(a))).toBe('clusters a');
});

test('When endpoints are refused, then those who wait for them are answered, and the refusal stays', () => {
  const endpoints = subscribed('endpoints', 'a');
  endpoints.next(mapOf(a));
  endpoints.answer('bad');
  expect(endpoints.next(mapOf(a))).toBe('endpoints -a');
  endpoints.answer();
  expect([endpoints.next(mapOf(a)), endpoints.refusalOf(a)]).toEqual([undefined, 'bad']);
  expect(endpoints.isAnswered(mapOf(a))).toBe(true);
});

test('When a response is refused that says of a name that there is none, then that is said again', () => {
  const endpoints = subscribed('endpoints', 'a', 'b');
  expect(endpoints.next(mapOf(b))).toBe('endpoints b -a');
  endpoints.answer('b is bad');
  expect(endpoints.next(mapOf(b))).toBe('endpoints b');
  endpoints.answer('b is bad');
  expect(endpoints.next(mapOf(b))).toBe('endpoints -a -b');
});

test('When endpoints that a proxy has after a reconnect are not wanted any more, then it is answered', () => {
  const endpoints = subscribed('endpoints');
  endpoints.receive(request({ type: 'endpoints', subscribe: ['a', 'b'], present: ['a', 'b'] }));
  expect(endpoints.next(mapOf(b))).toBe('endpoints b -a');
});

test('When a proxy has resources after a reconnect, then they are sent again, and those not wanted can be removed', () => {
  const clusters = createSubscription('clusters');
  clusters.receive(request({ type: 'clusters', present: ['a', 'b'] }));
  expect(clusters.names()).toEqual(['a', 'b']);
  expect(brief(clusters.next(mapOf(a), ['b'])!)).toBe('clusters a -b');
});
