import { expect, test } from '@jest/globals';
import { createPaint } from '../print/paint.ts';
import { checkoutTrace } from '../testing/traces.ts';
import { waterfall } from './waterfall.ts';

test('When a trace is drawn, then each span is below its parent, with its bar at its time', () => {
  expect(waterfall(checkoutTrace({ begin: 0 }), createPaint(false))).toBe(
    `Trace 4bf92f3577b34da6a3ce929d0e0e4736   POST /checkout   201   64.0 ms   4 spans

checkout v1           POST /checkout        ├────────────────────────────────────────┤ 64.0 ms
  billing v2          POST /charges           ├──────────────┤                         24.0
    postgres          INSERT charges              ├──┤                                  6.0
  recommendations v1  GET /recommendations                       │                      0.5  error
`,
  );
});

test('When the parent of a span is missing, then the span is drawn at the left', () => {
  const trace = checkoutTrace({ begin: 0 });
  const drawn = waterfall({ ...trace, spans: trace.spans.slice(1) }, createPaint(false));
  expect(drawn).toMatch(/^billing v2/m);
});

test('When a trace has no duration, then it still has a bar', () => {
  const trace = checkoutTrace({ begin: 0 });
  const drawn = waterfall({ ...trace, spans: [{ ...trace.spans[0]!, duration: 0 }] }, createPaint(false));
  expect(drawn).toMatch(/│ +0\.0 ms/);
  expect(drawn).toMatch(/1 span$/m);
});

test('When Envoys are in a trace, then each has the name of its workload and the request', () => {
  const tags = (kind: string, service: string) =>
    Object.entries({
      component: 'proxy',
      node_id: `${kind}~127.0.0.1~pod.shop~shop.svc.cluster.local`,
      'istio.canonical_service': service,
      'istio.canonical_revision': 'v1',
      'http.method': 'POST',
      'http.url': 'http://localhost:8080/api/checkout?from=page',
    }).map(([key, value]) => ({ key, value }));
  const { spans, ...rest } = checkoutTrace({ begin: 0 });
  const named = { ...rest.processes, p: { serviceName: 'checkout.shop' } };
  const proxied = (kind: string, service: string) => ({
    ...spans[0]!,
    processID: 'p',
    operationName: 'checkout.shop.svc.cluster.local:80/*',
    tags: tags(kind, service),
  });
  const draw = (kind: string, service: string) =>
    waterfall({ ...rest, processes: named, spans: [proxied(kind, service)] }, createPaint(false));
  expect(draw('sidecar', 'checkout')).toMatch(/^checkout v1 sidecar +POST \/api\/checkout +├/m);
  expect(draw('router', 'gateway')).toMatch(/^gateway +POST \/api\/checkout +├/m);
  expect(draw('router', 'gateway')).toMatch(/^Trace \S+ +POST \/api\/checkout /m);
});
