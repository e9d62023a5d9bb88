import { expect, test } from '@jest/globals';
import { createPaint } from '../paint.ts';
import { checkoutTrace } from '../testing/traces.ts';
import { waterfall } from './waterfall.ts';

test('When a trace is drawn, then each span stands below its parent, with its bar where it happened', () => {
  expect(waterfall(checkoutTrace({ begin: 0 }), createPaint(false))).toBe(
    `Trace 4bf92f3577b34da6a3ce929d0e0e4736   POST /checkout   201   64.0 ms   4 spans

checkout v1           POST /checkout        ├────────────────────────────────────────┤ 64.0 ms
  billing v2          POST /charges           ├──────────────┤                         24.0
    postgres          INSERT charges              ├──┤                                  6.0
  recommendations v1  GET /recommendations                       │                      0.5  error
`,
  );
});

test('When a span names a parent that is not there, then it stands at the left', () => {
  const trace = checkoutTrace({ begin: 0 });
  const drawn = waterfall({ ...trace, spans: trace.spans.slice(1) }, createPaint(false));
  expect(drawn).toMatch(/^billing v2/m);
});

test('When a trace is one instant, then it still has a bar', () => {
  const trace = checkoutTrace({ begin: 0 });
  const drawn = waterfall({ ...trace, spans: [{ ...trace.spans[0]!, duration: 0 }] }, createPaint(false));
  expect(drawn).toMatch(/│ +0\.0 ms/);
  expect(drawn).toMatch(/1 span$/m);
});
