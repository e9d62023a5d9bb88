import { describe, expect, test } from '@jest/globals';
import { parseYaml } from './parse.ts';

/** Plain scalars, and how `kubectl label --local -f … -o json` (client 1.32) reads them. */
const SCALARS: [written: string, read: unknown][] = [
  ['on', true],
  ['Off', false],
  ['y', true],
  ['N', false],
  ['yes', true],
  ['TRUE', true],
  ['tRUE', 'tRUE'],
  ['"on"', 'on'],
  ['0644', 420],
  ['0o644', 420],
  ['-012', -10],
  ['08', 8],
  ['0x1F', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['+1', 1],
  ['1e3', 1000],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['5.', 5],
  ['.', '.'],
  ['-.', '-.'],
  ['.e3', '.e3'],
  ['1.2.3', '1.2.3'],
  ['10:30', '10:30'],
  ['1:30:10', '1:30:10'],
  ['2001-01-01', '2001-01-01'],
  ['2001-01-01T10:00:00Z', '2001-01-01T10:00:00Z'],
  ['!!str 12', '12'],
  ['~', null],
  ['Null', null],
];

describe('parseYaml', () => {
  test.each(SCALARS)('When the scalar %s is written, then it is read as kubectl reads it', (written, read) => {
    expect(parseYaml('my.yaml', `value: ${written}\n`)[0]?.value).toEqual({ value: read });
  });

  test('When keys are not strings, then they are converted as in kubectl', () => {
    const text = '1: a\non: b\n0x10: c\n1.5: d\n';
    expect(parseYaml('my.yaml', text)[0]?.value).toEqual({ 1: 'a', true: 'b', 16: 'c', 1.5: 'd' });
  });

  test('When a mapping is merged with <<, then it has the merged fields, with lines', () => {
    const [document] = parseYaml('my.yaml', 'base: &base\n  a: 1\nother:\n  <<: *base\n  b: 2\n');
    expect(document?.value).toEqual({ base: { a: 1 }, other: { a: 1, b: 2 } });
    expect(document?.lineOf(['other', 'b'])).toBe(5);
    expect(document?.lineOf(['other', 'a'])).toBe(3);
  });

  test('When documents are empty, then they are left out, and lines are counted from the start of the file', () => {
    const documents = parseYaml('my.yaml', '---\n# nothing\n---\na: 1\n---\nb: 2\n...\n');
    expect(documents.map(({ value, lineOf }) => [value, lineOf([])])).toEqual([
      [{ a: 1 }, 4],
      [{ b: 2 }, 6],
    ]);
  });

  test('When lines end as on Windows, then line numbers are the same', () => {
    expect(parseYaml('my.yaml', 'a: 1\r\nb: 2\r\n')[0]?.lineOf(['b'])).toBe(2);
  });
});
