const TRACE = `0${'a1'.repeat(15)}b`;
const SPAN = '00c1c2c3c4c5c6c7';
const SHORT = 'a1b2c3d4e5f60718';
const [NO_TRACE, NO_SPAN] = ['0'.repeat(32), '0'.repeat(16)];

/** What a tracer makes of a caller's headers: a new trace, or the caller's, with the decision whether it is sampled. */
export interface Read {
  traceId: string;
  spanId: string;
  sampled: boolean;
}
type Row = [what: string, headers: Record<string, string>, read: Read | 'new'];

const read = (change: Partial<Read> = {}): Read => ({ traceId: TRACE, spanId: SPAN, sampled: true, ...change });
const w3c = (traceparent: string) => ({ traceparent });
const b3 = (trace: string, span: string, more: Record<string, string> = { 'x-b3-sampled': '1' }) => ({
  'x-b3-traceid': trace,
  'x-b3-spanid': span,
  ...more,
});

/** W3C Trace Context, 3.2 and 4.3: https://www.w3.org/TR/trace-context/. */
const W3C: Row[] = [
  ['a traceparent', w3c(`00-${TRACE}-${SPAN}-01`), read()],
  ['a traceparent that is not sampled', w3c(`00-${TRACE}-${SPAN}-00`), read({ sampled: false })],
  ['a traceparent with other flags', w3c(`00-${TRACE}-${SPAN}-ff`), read()],
  ['a traceparent with other flags, not sampled', w3c(`00-${TRACE}-${SPAN}-02`), read({ sampled: false })],
  ['a later version', w3c(`01-${TRACE}-${SPAN}-01`), read()],
  ['a later version with more', w3c(`cc-${TRACE}-${SPAN}-00-more-of-it`), read({ sampled: false })],
  ['the last version', w3c(`fe-${TRACE}-${SPAN}-01-`), read()],
  ['a later version with more and no dash', w3c(`01-${TRACE}-${SPAN}-01more`), 'new'],
  ['the version that is none', w3c(`ff-${TRACE}-${SPAN}-01`), 'new'],
  ['version 00 with more', w3c(`00-${TRACE}-${SPAN}-01-more`), 'new'],
  ['version 00 with a dash', w3c(`00-${TRACE}-${SPAN}-01-`), 'new'],
  ['a trace id of zeros', w3c(`00-${NO_TRACE}-${SPAN}-01`), 'new'],
  ['a parent id of zeros', w3c(`00-${TRACE}-${NO_SPAN}-01`), 'new'],
  ['a later version of zeros', w3c(`01-${NO_TRACE}-${NO_SPAN}-01`), 'new'],
  ['a trace id in capitals', w3c(`00-${TRACE.toUpperCase()}-${SPAN}-01`), 'new'],
  ['a parent id in capitals', w3c(`00-${TRACE}-${SPAN.toUpperCase()}-01`), 'new'],
  ['flags in capitals', w3c(`00-${TRACE}-${SPAN}-0A`), 'new'],
  ['a version in capitals', w3c(`CC-${TRACE}-${SPAN}-01`), 'new'],
  ['a trace id that is too short', w3c(`00-${TRACE.slice(1)}-${SPAN}-01`), 'new'],
  ['a parent id that is too long', w3c(`00-${TRACE}-${SPAN}0-01`), 'new'],
  ['no flags', w3c(`00-${TRACE}-${SPAN}`), 'new'],
  ['flags of one digit', w3c(`00-${TRACE}-${SPAN}-1`), 'new'],
  ['digits that are not hexadecimal', w3c(`00-${TRACE.replace('b', 'g')}-${SPAN}-01`), 'new'],
  ['two traceparents', w3c(`00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`), 'new'],
];

/** B3, in many headers and in one: https://github.com/openzipkin/b3-propagation. */
const B3: Row[] = [
  ['B3', b3(TRACE, SPAN), read()],
  ['B3 that is not sampled', b3(TRACE, SPAN, { 'x-b3-sampled': '0' }), read({ sampled: false })],
  ['B3 with words', b3(TRACE, SPAN, { 'x-b3-sampled': 'false' }), read({ sampled: false })],
  ['B3 for debugging', b3(TRACE, SPAN, { 'x-b3-flags': '1' }), read()],
  ['B3 of 64 bits', b3(SHORT, SPAN), read({ traceId: `${NO_SPAN}${SHORT}` })],
  ['B3 with a trace id of zeros', b3(NO_TRACE, SPAN), 'new'],
  ['B3 with a span id of zeros', b3(TRACE, NO_SPAN), 'new'],
  ['B3 with a short trace id', b3('abc', SPAN), 'new'],
  ['B3 with a trace id of 24 digits', b3(TRACE.slice(8), SPAN), 'new'],
  ['B3 in capitals', b3(TRACE.toUpperCase(), SPAN), 'new'],
  ['B3 without a span id', { 'x-b3-traceid': TRACE, 'x-b3-sampled': '1' }, 'new'],
  ['only a decision', { 'x-b3-sampled': '1' }, 'new'],
  ['B3 in one header', { b3: `${TRACE}-${SPAN}-1` }, read()],
  ['B3 in one header, not sampled', { b3: `${TRACE}-${SPAN}-0` }, read({ sampled: false })],
  ['B3 in one header, for debugging', { b3: `${TRACE}-${SPAN}-d` }, read()],
  ['B3 in one header, with its parent', { b3: `${TRACE}-${SPAN}-1-${SHORT}` }, read()],
  ['B3 in one header, of 64 bits', { b3: `${SHORT}-${SPAN}-1` }, read({ traceId: `${NO_SPAN}${SHORT}` })],
  ['B3 in one header, of zeros', { b3: `${NO_TRACE}-${NO_SPAN}-1` }, 'new'],
  ['B3 in one header, only a refusal', { b3: '0' }, 'new'],
  ['B3 in one header, nonsense', { b3: `${TRACE}` }, 'new'],
];

/** Headers of callers, by the book, with what becomes of them. */
export const TRACE_HEADERS: Row[] = [
  ['nothing', {}, 'new'],
  ...W3C,
  ...B3,
  ['a wrong traceparent beside right B3', { ...w3c('00-x'), ...b3(TRACE, SPAN) }, read()],
];
