import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { buy, purchase } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { SIZE } from '../../support/size.ts';
import { startShop } from '../../support/shop.ts';
import { repeat } from '../../support/split.ts';
import type { JaegerTrace } from '../../../places/traces.ts';
import { orphans, roots, servicesOf, versionsOf } from '../../support/trace.ts';
import { type TraceHeaders, b3, buyTraced, w3c } from '../../support/trace-context.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

// A proxy's name in a trace ends with its namespace, an app's does not.
const ALL_SERVICES = [
  'gateway.shop',
  'checkout.shop',
  'billing.shop',
  'recommendations.shop',
  'checkout',
  'billing',
  'recommendations',
];

/** What a trace lacks: nothing if it has gateway, sidecars and apps, each with its version, and misses only the caller's own span. */
function lacks(trace: JaegerTrace | undefined): string[] {
  if (!trace) return ['everything'];
  const services = servicesOf(trace);
  const missing = ALL_SERVICES.filter((service) => !services.has(service));
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

/** Milliseconds: an Envoy sends its spans after at most 5 s, and then they must be stored. */
const TIMEOUT = 12_000;

/** Buys `count` times, each with its own trace id, and counts what the traces still lack after the timeout. */
async function tracesOf(count: number, dialects: TraceHeaders[], timeout = TIMEOUT) {
  const ids = await repeat(count, (index) => buyTraced(shop.url, dialects[index % dialects.length]!));
  const versions = new Set<string>();
  const faults = await repeat(count, async (index) => {
    const last = { lacks: ['everything'] };
    await eventually(async () => {
      const trace = await shop.traces.get(ids[index]!);
      last.lacks = lacks(trace);
      for (const version of trace ? versionsOf(trace, 'recommendations') : []) versions.add(version);
      return last.lacks.length === 0;
    }, timeout).catch(() => undefined);
    return last.lacks;
  });
  const counted: Record<string, number> = {};
  for (const fault of faults) for (const what of fault) counted[what] = (counted[what] ?? 0) + 1;
  return { whole: faults.filter((fault) => fault.length === 0).length, counted, versions };
}

/** Returns when 40 traces in a row are whole: old connections close only after they were used, and 40 checkouts use each several times. */
async function drain(dialects: TraceHeaders[]): Promise<void> {
  await eventually(async () => (await tracesOf(40, dialects)).whole === 40, 120_000);
}

describe('each checkout is one trace through gateway, sidecars and apps', () => {
  test.each([
    {
      provider: 'zipkin, with B3 and W3C headers',
      file: undefined,
      count: SIZE.traces,
      dialects: [w3c, b3],
      drained: false,
    },
    {
      provider: 'otel, with W3C headers only',
      file: 'istio/tracing/otel.yaml',
      count: SIZE.tracesOther,
      dialects: [w3c],
      drained: false,
    },
    // Open connections keep their tracer. The base's understands B3 and W3C, but the tracers of otel and zipkin-b3 do not understand each other.
    {
      provider: 'zipkin-b3, with B3 headers only',
      file: 'istio/tracing/zipkin-b3.yaml',
      count: SIZE.tracesOther,
      dialects: [b3],
      drained: true,
    },
  ])(
    'When the provider is $provider, then every trace is whole, through v1 and v2',
    async ({ file, count, dialects, drained }) => {
      if (file) await shop.apply(file);
      if (drained) await drain(dialects);
      const { whole, counted, versions } = await tracesOf(count, dialects);
      console.info(`${whole} of ${count} whole; lacking: ${JSON.stringify(counted)}`);
      expect(counted).toEqual({});
      expect(whole).toBe(count);
      expect([...versions].sort()).toEqual(['v1', 'v2']);
    },
    400_000,
  );
});

test('When an app forwards no trace headers, then the check detects a hole in the trace', async () => {
  const BASE = 'k8s/base/checkout/v1.yaml';
  const silent = join(await mkdtemp(join(tmpdir(), 'tuesday-silent-')), 'v1.yaml');
  const text = await readFile(BASE, 'utf8');
  await writeFile(silent, text.replace(/^( +)env:\n/m, "$&$1  - { name: OTEL_SDK_DISABLED, value: 'true' }\n"));
  const names = async () =>
    (await shop.command('get', 'pods', '-l', 'app=checkout,version=v1', '-o', 'name')).trim().split('\n');
  const before = await names();
  const apply = async (file: string) => {
    await shop.command('apply', '-f', file);
    await shop.command('rollout', 'status', 'deployment/checkout-v1');
  };
  await apply(silent);
  await eventually(async () => !(await names()).some((pod) => before.includes(pod)), 60_000); // until then the old pod still answers
  const { whole, counted } = await tracesOf(5, [w3c], 6_000).finally(() => apply(BASE));
  expect([whole, counted['no checkout']]).toEqual([0, 5]);
}, 200_000);

test('When apps export their spans, then no export makes a trace', async () => {
  await buy(shop.url, purchase());
  const names = (await shop.traces.newest(100)).flatMap((trace) => trace.spans.map((span) => span.operationName));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => /v1\/traces|api\/v2\/spans|api\/traces|healthz|readyz|metrics/.test(name))).toEqual([]);
}, 60_000);
