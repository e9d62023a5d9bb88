import { expect, test } from '@jest/globals';
import { readText } from '@tuesday/mesh/manifests';
import { rejectMissingNamespaces } from './reject-missing-namespaces.ts';

const read = (text: string) => readText({ file: 'my.yaml', text, namespace: 'shop' });
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
const config = (place?: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a${place === undefined ? '' : `\n  namespace: ${place}`}\n`;
const known = read(namespace('shop'));

test('When the namespace of an object exists, then it is taken', () => {
  for (const place of [undefined, 'shop', 'default', 'kube-system'])
    expect(() => rejectMissingNamespaces(read(config(place)), known)).not.toThrow();
  expect(() => rejectMissingNamespaces(read(config('old')), read(config('old')))).not.toThrow();
  expect(() => rejectMissingNamespaces(read(`${namespace('new')}---\n${config('new')}`), known)).not.toThrow();
});

test('When it does not, or comes only later, then the sentence has its line', () => {
  const sentence = 'my.yaml:5: namespaces "shopp" not found, in which ConfigMap a would be. Nothing was changed.';
  expect(() => rejectMissingNamespaces(read(config('shopp')), known)).toThrow(new Error(sentence));
  expect(() => rejectMissingNamespaces(read(`${config('shopp')}---\n${namespace('shopp')}`), known)).toThrow(sentence);
  expect(() => rejectMissingNamespaces(read(config()), [])).toThrow('my.yaml:3: namespaces "shop" not found');
});
