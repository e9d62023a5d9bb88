import { expect, test } from '@jest/globals';
import { readText } from '@tuesday/mesh/manifests';
import { rejectDuplicateNames } from './reject-duplicate-names.ts';

const set = (name: string, namespace: string, kind = 'StatefulSet') => {
  const template = `{ metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } }`;
  const text = `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
spec: { ${kind === 'StatefulSet' ? 'serviceName: a, ' : ''}selector: { matchLabels: { app: a } }, template: ${template} }
`;
  return readText({ file: 'my.yaml', text, namespace });
};

const twin =
  'my.yaml:4: StatefulSet postgres of namespace shop has pods of the same names, by which their logs and sockets go here: give this one another name. Nothing was changed.';

test('When another namespace has a StatefulSet of that name, then the second one is rejected with the line of its name', () => {
  expect(() => rejectDuplicateNames(set('postgres', 'other'), set('postgres', 'shop'))).toThrow(new Error(twin));
  expect(() => rejectDuplicateNames([...set('postgres', 'other'), ...set('postgres', 'shop')], [])).toThrow(
    'StatefulSet postgres of namespace shop has pods of the same names',
  );
});

test('When it is the same StatefulSet, another name, or a Deployment, then it is accepted', () => {
  rejectDuplicateNames(set('postgres', 'shop'), set('postgres', 'shop'));
  rejectDuplicateNames(set('other', 'other'), set('postgres', 'shop'));
  rejectDuplicateNames(set('web', 'other', 'Deployment'), set('web', 'shop', 'Deployment'));
});
