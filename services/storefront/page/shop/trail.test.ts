import { describe, expect, test } from '@jest/globals';
import { countIn, timings, trail } from './trail.ts';
import type { Answer, Hop } from './types.ts';

const hop = (service: string, change: Partial<Hop> = {}): Hop => ({
  service,
  version: 'v1',
  pod: `${service}-v1-abc`,
  peer: null,
  calledBy: 'checkout',
  ms: 5,
  ...change,
});
const { calledBy: _, ms: __, ...servedBy } = hop('checkout');
const answer = (hops: Hop[], serverTiming = ''): Answer => ({
  status: 201,
  body: { servedBy, hops },
  serverTiming,
  ms: 42,
});

describe('the way of a purchase', () => {
  test('When checkout asked two services, then both stand below it, and it below the gateway', () => {
    const way = trail(answer([hop('billing'), hop('recommendations', { version: 'v2' })]));
    expect(way).toMatchObject({
      service: 'gateway',
      ms: 42,
      next: [{ service: 'checkout', version: 'v1', peer: null }],
    });
    expect(way?.next[0]?.next.map((stop) => `${stop.service} ${stop.version}`)).toEqual([
      'billing v1',
      'recommendations v2',
    ]);
  });

  test('When a service was asked by another than the one that answered, then it stands below that one', () => {
    const way = trail(answer([hop('billing'), hop('ledger', { calledBy: 'billing' })]));
    expect(way?.next[0]?.next).toMatchObject([{ service: 'billing', next: [{ service: 'ledger' }] }]);
  });

  test('When the caller is unknown, then the hop is still shown', () => {
    expect(trail(answer([hop('billing', { calledBy: '' })]))?.next[0]?.next).toMatchObject([{ service: 'billing' }]);
  });

  test('When checkout names itself among the hops, then it is one stop, with that time', () => {
    expect(trail(answer([hop('checkout', { calledBy: 'gateway', ms: 30 })]))?.next).toMatchObject([
      { service: 'checkout', ms: 30, next: [] },
    ]);
  });

  test('When the answer names no service, then there is nothing to show', () => {
    expect(trail({ status: 504, body: {}, serverTiming: '', ms: 1 })).toBeUndefined();
  });
});

test('When Server-Timing is read, then name, time and description are there, commas in quotes included', () => {
  expect(timings('checkout;dur=12.5;desc="v1, pod a", billing;desc=v2;dur=3, cached')).toEqual([
    { name: 'checkout', ms: 12.5, description: 'v1, pod a' },
    { name: 'billing', ms: 3, description: 'v2' },
    { name: 'cached', ms: 0, description: '' },
  ]);
  expect(timings('')).toEqual([]);
});

test('When answers are counted, then by service and version, and each answer once', () => {
  const first = countIn({}, answer([hop('checkout', { calledBy: 'gateway' }), hop('billing')]));
  const second = countIn(first, answer([hop('billing', { version: 'v2', pod: 'billing-v2-x' })]));
  expect(second).toEqual({ 'checkout v1': 2, 'billing v1': 1, 'billing v2': 1 });
});
