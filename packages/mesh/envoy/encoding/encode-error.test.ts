import { describe, expect, test } from '@jest/globals';
import type { TypedConfig } from '../protobuf.ts';
import { encode } from './encode.ts';
import { EncodeError, shown } from './encode-error.ts';
import { partsOf, type Part } from './testing/parts.ts';
import { resources } from './testing/resources.ts';

test('When an error has a path, then each kind of step looks as it does in JavaScript', () => {
  const { message, path } = new EncodeError(['80', 'a', 0, 1, { key: 'b."c"' }, 'd'], 'is wrong');
  expect(path).toBe('80.a[0][1]["b.\\"c\\""].d');
  expect(message).toBe(`${path}: is wrong`);
});

test('When a wrong value is long, then an error shows its start only: it may be a key', () => {
  expect(shown('x'.repeat(100))).toBe(`"${'x'.repeat(39)}…`);
  expect([{}, [], null, undefined, 1n, 'a'].map(shown)).toEqual([
    'an object',
    'a list',
    'null',
    'undefined',
    '1',
    '"a"',
  ]);
});

describe('Each field of the longest resource of each type', () => {
  const samples = [...Map.groupBy(resources(), (one) => one['@type']).values()].map(
    (all) => all.map((one) => JSON.stringify(one)).toSorted((a, b) => b.length - a.length)[0]!,
  );

  /**
   * Changes one part at a time, and gives each part with the error that comes of it. The name of the resource stays: each path
   * begins with it.
   */
  function errorsAfter(change: (part: Part) => void): [Part, unknown][] {
    return samples.flatMap((text) => {
      const partsOfCopy = () => {
        const copy = JSON.parse(text) as TypedConfig;
        const parts = partsOf(copy, String(copy['name'] ?? copy['cluster_name']));
        return {
          copy,
          parts: parts.filter(({ parent, field }) => parent !== copy || !/^(cluster_)?name$/.test(field.name)),
        };
      };
      return partsOfCopy().parts.map((_, index): [Part, unknown] => {
        const { copy, parts } = partsOfCopy();
        change(parts[index]!);
        return [parts[index]!, errorOf(() => encode(copy))];
      });
    });
  }

  test('When it has another name, then it is refused with its path', () => {
    const errors = errorsAfter(({ field, parent }) => {
      parent[`${field.name}x`] = parent[field.name];
      delete parent[field.name];
    });
    const expected = errors.map(([{ path, type }]) => `${path}x: ${type} has no such field`);
    expect(errors.map(([, error]) => (error as Error | undefined)?.message)).toEqual(expected);
    expect(errors.length).toBeGreaterThan(300);
  });

  test('When it has a value of another kind, then it is refused with its path', () => {
    const wrong = { list: 'x', map: 'x', message: [], scalar: {}, enum: {} };
    const errors = errorsAfter(({ field, parent }) => {
      parent[field.name] = wrong[field.fieldKind];
    });
    const expected = errors.map(([{ path }]) => path);
    expect(errors.map(([, error]) => (error as EncodeError | undefined)?.path)).toEqual(expected);
  });
});

function errorOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
