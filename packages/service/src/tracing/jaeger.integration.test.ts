import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { startTraced, treeOf } from '../testing/traced.ts';

const JAEGER = fileURLToPath(new URL('jaeger.ts', import.meta.url));
const TRACE = `0${'a1'.repeat(15)}b`;
const CALLER = '00c1c2c3c4c5c6c7';

test.each([
  ['W3C', { traceparent: `00-${TRACE}-${CALLER}-01` }],
  ['B3', { 'x-b3-traceid': TRACE, 'x-b3-spanid': CALLER, 'x-b3-sampled': '1' }],
  ['B3 in one header', { b3: `${TRACE}-${CALLER}-1` }],
])(
  'When a process with jaeger-client is asked in %s, then request, call, queries and later work are one tree',
  async (_how, headers) => {
    await using traced = await startTraced(JAEGER);
    const answered = await fetch(`${traced.url}/things/7`, { headers });
    expect(await answered.json()).toMatchObject({ traceId: TRACE });
    const { ended, spans } = await traced.stop();
    expect(ended).toEqual([0, null]);
    const { lines, nameOf } = treeOf(spans, { [CALLER]: 'the caller' });
    expect(lines).toEqual([
      'client BEGIN traced < server GET /things/:id',
      'client COMMIT traced < server GET /things/:id',
      'client GET < server GET /things/:id',
      'client INSERT traced < server GET /things/:id',
      'client SELECT traced < undefined continued',
      'server GET /things/:id < the caller',
      'undefined continued < server GET /things/:id',
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const sent = traced.callee.requests[0]!.headers;
    const [, traceId, spanId] = /^00-(\w{32})-(\w{16})-01$/.exec(`${sent['traceparent']}`) ?? [];
    expect([traceId, nameOf(spanId)]).toEqual([TRACE, 'client GET']);
    expect([sent['x-b3-traceid'], sent['x-b3-spanid'], sent['x-b3-sampled']]).toEqual([traceId, spanId, '1']);
  },
);
