import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { insteadOfField } from '@tuesday/mesh/manifests';
import { ROOT } from '../cases.ts';
import { fieldsDocument } from './document.ts';
import { readFields } from './recorded-fields.ts';
import { fieldRows } from './table.ts';

const { rows, faults } = fieldRows();

test('When Istio or Kubernetes has a field, then a row says what happens with it, and a row is of a field that they have', () => {
  expect(faults).toEqual([]);
  expect(rows.length).toBeGreaterThan(400);
});

test('When docs/fields.md is read, then it has these rows (npm run docs:fields writes it)', () => {
  // The formatter changes blanks and lines of tables only.
  const plain = (text: string) => text.replaceAll(/[ \n|-]+/g, ' ').trim();
  expect(plain(readFileSync(join(ROOT, 'docs/fields.md'), 'utf8'))).toBe(plain(fieldsDocument()));
});

test('When a field is refused, then its sentence says what to do instead, at every place where it can stand', () => {
  const lost = Object.entries(readFields()).flatMap(([kind, fields]) =>
    fields
      .filter(({ path }) => /\.(affinity|hostPath|grpc|corsPolicy|warmup|targetRefs\[\])$/.test(path))
      .filter(({ path }) => insteadOfField(kind, path.replaceAll('[]', '').split('.')) === undefined)
      .map(({ path }) => `${kind} ${path}`),
  );
  // Containers that are refused whole.
  expect(lost.filter((path) => !/(init|ephemeral)Containers/.test(path))).toEqual([]);
});
