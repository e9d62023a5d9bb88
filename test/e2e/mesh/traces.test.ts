import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { buy, purchase } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { SIZE } from '../../support/size.ts';
import { startShop } from '../../support/shop.ts';
import { repeat } from '../../support/split.ts';
import { type JaegerTrace, orphans, roots, servicesOf, versionsOf } from '../../support/trace.ts';
import { type Dialect, b3, w3c } from '../../support/trace-context.ts';
import { pastDrain } from '../../support/traffic.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

// Proxies are told from apps by the namespace that Istio puts behind a proxy's name.
const EVERYBODY = [
  'gateway.shop',
  'checkout.shop',
  'billing.shop',
  'recommendations.shop',
  'checkout',
  'billing',
  'recommendations',
];

/** What a trace lacks: nothing, when gateway, sidecars and apps are in it, each version is told, and only the caller's own span is missing. */
function lacks(trace: JaegerTrace | undefined): string[] {
  if (!trace) return ['everything'];
  const services = servicesOf(trace);
  const missing = EVERYBODY.filter((service) => !services.has(service));
  const delivered = trace.spans.some((span) => /POST \/purchases/.test(span.operationName));
  const versionless = ['checkout', 'billing', 'recommendations'].filter((service) =>
    [...versionsOf(trace, service)].some((version) => !/^v[12]$/.test(version)),
  );
  return [
    ...missing.map((service) => `no ${service}`),
    ...(delivered ? [] : ['no delivery of the purchase']),
    ...(orphans(trace).length === 1 && roots(trace).length === 0 ? [] : ['a hole']),
    ...versionless.map((service) => `${service} without version`),
  ];
}

/** Buys `count` times, each with a trace id of its own, and counts what their traces lack once they had time to arrive. */
async function tracesOf(count: number, dialects: Dialect[]) {
  const ids = await repeat(count, async (index) => {
    const { id, headers } = dialects[index % dialects.length]!();
    const { status } = await buy(shop.url, purchase(), headers);
    if (status !== 201) throw new Error(`a checkout answered ${status}`);
    return id;
  });
  const versions = new Set<string>();
  const faults = await repeat(count, async (index) => {
    const last = { lacks: ['everything'] };
    await eventually(async () => {
      const trace = await shop.traces.get(ids[index]!);
      last.lacks = lacks(trace);
      for (const version of trace ? versionsOf(trace, 'recommendations') : []) versions.add(version);
      return last.lacks.length === 0;
    }, 6_000).catch(() => undefined);
    return last.lacks;
  });
  const counted: Record<string, number> = {};
  for (const fault of faults) for (const what of fault) counted[what] = (counted[what] ?? 0) + 1;
  return { whole: faults.filter((fault) => fault.length === 0).length, counted, versions };
}

describe('each checkout is one trace through gateway, sidecars and apps', () => {
  test.each([
    ['zipkin, which speaks B3 and W3C', undefined, SIZE.traces, [w3c, b3]],
    ['otel, which speaks W3C only', 'istio/tracing/otel.yaml', SIZE.tracesOther, [w3c]],
    ['zipkin-b3, which speaks B3 only', 'istio/tracing/zipkin-b3.yaml', SIZE.tracesOther, [b3]],
  ])(
    'When the provider is %s, then every trace is whole, through v1 and v2',
    async (_name, file, count, dialects) => {
      if (file) await shop.apply(file);
      // Open connections keep the tracer they began with. The base's understands both others; those two do not understand each other.
      if (file?.includes('b3')) await pastDrain();
      const { whole, counted, versions } = await tracesOf(count, dialects);
      console.info(`${whole} of ${count} whole; lacking: ${JSON.stringify(counted)}`);
      expect(counted).toEqual({});
      expect(whole).toBe(count);
      expect([...versions].sort()).toEqual(['v1', 'v2']);
    },
    400_000,
  );
});

test('When an app forwards no trace headers, then its trace has a hole: the check notices', async () => {
  const set = async (change: string) => {
    const pods = await shop.command('get', 'pods', '-l', 'app=checkout,version=v1', '-o', 'name');
    const before = pods.trim().split('\n');
    await shop.command('set', 'env', 'deployment/checkout-v1', change);
    await shop.command('rollout', 'status', 'deployment/checkout-v1', '--timeout=120s');
    await shop.command('wait', '--for=delete', ...before, '--timeout=60s'); // until then the old pod still answers
  };
  await set('OTEL_SDK_DISABLED=true');
  const { whole } = await tracesOf(5, [w3c]).finally(() => set('OTEL_SDK_DISABLED-'));
  expect(whole).toBe(0);
}, 200_000);

test('When apps export their spans, then no export is a trace of its own', async () => {
  await buy(shop.url, purchase());
  const names = (await shop.traces.newest(100)).flatMap((trace) => trace.spans.map((span) => span.operationName));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => /v1\/traces|api\/v2\/spans|api\/traces|healthz|readyz|metrics/.test(name))).toEqual([]);
}, 60_000);
