import { expect, test } from '@jest/globals';
import { createPlacement } from './placement.ts';

function placement() {
  let next = 30_000;
  return createPlacement({
    ports: new Map([[8080, 20_001]]),
    take: () => next++,
    adminSocket: '/x.sock',
    serviceAddress: () => undefined,
  });
}

test('When an address is asked for again, then it is the same, and no two listeners share one', () => {
  const { outboundHttp, outboundOwn, inbound, stats } = placement();
  const ask = () => [
    outboundHttp(80),
    outboundHttp(9411),
    outboundOwn('a.b', 80),
    outboundOwn('a.c', 80),
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

test('When another program holds a port, then its listener gets another one, and all others keep theirs', () => {
  const before = placement();
  const [http, tcp, stats] = [before.outboundHttp(80), before.outboundOwn('a.b', 80), before.stats];
  const after = before.without(http.port)!;
  expect(after.outboundHttp(80).port).not.toBe(http.port);
  expect([after.outboundOwn('a.b', 80), after.stats]).toEqual([tcp, stats]);
  expect(after.without(stats.port)!.stats.port).not.toBe(stats.port);
  expect(after.without(http.port)).toBeUndefined();
});

test('When another program holds a gateway’s port, then the gateway listens at another one, which its pod knows', () => {
  const ports = new Map([[8080, 20_001]]);
  const before = createPlacement({
    ports,
    take: () => 30_000,
    adminSocket: '/x.sock',
    serviceAddress: () => undefined,
  });
  // 30,000 is that of the statistics: a real block of ports gives none twice.
  expect(before.without(20_001)!.gateway(8080).port).toBe(30_000);
  expect(ports).toEqual(new Map([[8080, 30_000]]));
});
