import { expect, test } from '@jest/globals';
import { createPlacement } from './placement.ts';

function placement() {
  let next = 30_000;
  return createPlacement({ ports: new Map([[8080, 20_001]]), take: () => next++, adminSocket: '/x.sock' });
}

test('When an address is asked for again, then it is the same, and no two listeners share one', () => {
  const { outboundHttp, outboundTcp, inbound, stats } = placement();
  const ask = () => [
    outboundHttp(80),
    outboundHttp(9411),
    outboundTcp('a.b', 80),
    outboundTcp('a.c', 80),
    inbound(8080),
    stats,
  ];
  expect(ask()).toEqual(ask());
  expect(new Set(ask().map(({ port }) => port)).size).toBe(6);
  expect(ask().every(({ host }) => host === '127.0.0.1')).toBe(true);
});

test('When a container declares a port, then the app, and a gateway, listen at the pod’s loopback port for it', () => {
  const { app, gateway } = placement();
  expect([app(8080).port, gateway(8080).port, app(9000).port]).toEqual([20_001, 20_001, 9000]);
  expect(gateway(8443).port).toBeGreaterThanOrEqual(30_000);
});
