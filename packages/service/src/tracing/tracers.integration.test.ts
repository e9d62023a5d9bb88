import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../../../test/support/eventually.ts';
import { TRACE_HEADERS } from '../testing/trace-headers.ts';
import { startTraced } from '../testing/traced.ts';

const TRACERS = ['jaeger', 'opentelemetry'].map(
  (name) => [name, fileURLToPath(new URL(`${name}.ts`, import.meta.url))] as const,
);

test.each(TRACERS)(
  'When callers send all kinds of trace headers to a process with %s, then it continues the valid ones',
  async (name, tracer) => {
    await using traced = await startTraced(tracer);
    const known = new Set(TRACE_HEADERS.map(([, , read]) => (read === 'new' ? '' : read.traceId)));
    for (const [index, [what, headers, read]] of TRACE_HEADERS.entries()) {
      await fetch(`${traced.url}/things/${index}`, { headers });
      const sent = `${traced.callee.requests.at(-1)?.headers['traceparent']}`;
      const [, traceId = '', flags] = /^00-(\w{32})-\w{16}-(\w\w)$/.exec(sent) ?? [];
      const expected = read === 'new' ? 'new' : `${read.traceId} ${read.sampled}`;
      expect([what, known.has(traceId) ? `${traceId} ${flags === '01'}` : 'new']).toEqual([what, expected]);
    }
  },
);

test.each(TRACERS)(
  'When a client of a process with %s leaves before the answer, then its log, metrics and span say 499 and how long it took',
  async (_name, tracer) => {
    await using traced = await startTraced(tracer);
    await fetch(`${traced.url}/waits/7`, { signal: AbortSignal.timeout(300) }).catch(() => undefined);
    const line = await eventually(() => /\{.*"route":"\/waits\/:id".*\}/.exec(traced.output.text)?.[0]);
    const { status, ms } = JSON.parse(line) as { status: number; ms: number };
    const metrics = await (await fetch(`${traced.url}/metrics`)).text();
    const metric = (kind: string) =>
      Number(
        new RegExp(
          `^http_server_request_duration_seconds_${kind}\\{.*/waits/:id",status="499".*\\} ([\\d.]+)`,
          'm',
        ).exec(metrics)?.[1],
      );
    const { spans } = await traced.stop();
    const span = spans.find(({ tags }) => tags['span.kind'] === 'server')!;
    expect([status, metric('count'), Number(span.tags['http.response.status_code'])]).toEqual([499, 1, 499]);
    for (const took of [ms, metric('sum') * 1_000, span.duration / 1_000]) {
      expect(took).toBeGreaterThan(200);
      expect(took).toBeLessThan(2_000); // the budget of a request is 2,600 ms
    }
  },
);
