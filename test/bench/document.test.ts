import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { BENCHES } from './benches.ts';
import { withSection } from './document.ts';
import { row } from './report.ts';

const TEXT = 'Before.\n<!-- bench:hop -->\nold\n<!-- /bench:hop -->\nAfter.\n';

test('When a bench has run, then only its section is replaced', () => {
  expect(withSection(TEXT, 'hop', 'new')).toBe('Before.\n<!-- bench:hop -->\n\nnew\n\n<!-- /bench:hop -->\nAfter.\n');
});

test('When its markers are missing, then the error names them', () => {
  expect(() => withSection(TEXT, 'start', 'new')).toThrow('<!-- bench:start -->');
});

test('When a bench exists, then docs/performance.md has its markers', () => {
  const text = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
  for (const { name } of BENCHES) expect(withSection(text, name, 'new')).toContain('new');
});

test('When a measure becomes a row, then the row has the count, the spread and the verdict', () => {
  const measure = { what: 'start', unit: 's', values: [4, 6], budget: { at: 'median', limit: 5 } } as const;
  expect(row(measure)).toEqual(['start, s', '2', '4.00', '5.00', '6.00', '6.00', '6.00', 'median ≤ 5 s: met']);
});
