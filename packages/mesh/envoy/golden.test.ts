import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { translate } from './configuration.ts';
import { meshOf, testdata, workloadOf } from './testing/case.ts';
import { AS_WRITTEN } from './placement.ts';

/**
 * Golden files: an `.in.yaml` is applied together with mesh.yaml, and its `.out.yaml` has the expected parts of the
 * configuration: `of` a proxy, `at` a path (names and indexes), the value `is`. Each pair was compared with the output of
 * Istio's own generator. `GOLDEN=write` writes the current values: review the diff.
 */
interface Shown {
  of: string;
  at: (string | number)[];
  is?: unknown;
}

const FOLDER = new URL('../testdata/translation/', import.meta.url);
const CASES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.in.yaml'))
  .map((name) => name.replace('.in.yaml', ''));

describe('The configuration of Envoy', () => {
  test.each(CASES.map((name) => [name, name]))(
    'When %s.in.yaml is applied, then the proxies get what %s.out.yaml shows',
    (name) => {
      const mesh = meshOf(testdata(`${name}.in.yaml`));
      const shown = parse(testdata(`${name}.out.yaml`)) as Shown[];
      const now = shown.map(({ of, at }): Shown => {
        const whole = translate(mesh, workloadOf(mesh, of), AS_WRITTEN);
        return { of, at, is: plain(at.reduce(step, whole)) };
      });
      if (process.env['GOLDEN'] === 'write') writeFileSync(new URL(`${name}.out.yaml`, FOLDER), stringify(now));
      else expect(now).toEqual(shown);
      expect(shown.length).toBeGreaterThan(0);
    },
  );
});

function step(place: unknown, key: string | number): unknown {
  if (Array.isArray(place) && typeof key === 'string') {
    return place.find((entry: { name?: string }) => entry.name === key);
  }
  return (place as Record<string | number, unknown> | undefined)?.[key];
}

// The value as JSON; an absent value must not pass as undefined.
function plain(value: unknown): unknown {
  if (value === undefined) return 'no value';
  return JSON.parse(JSON.stringify(value));
}
