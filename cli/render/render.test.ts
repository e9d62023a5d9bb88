import { expect, test } from '@jest/globals';
import { CONFIG, resourcesOf } from '../../test/support/mesh/small-mesh.ts';
import { deployment, istio, namespace, service } from '../../test/support/mesh/objects.ts';
import { render } from './render.ts';

const others = resourcesOf(
  namespace('shop', 'enabled'),
  ...['a', 'b'].flatMap((name) => [deployment(name), service(name)]),
  istio('VirtualService', 'a', '  hosts: [a]\n  http: [{ route: [{ destination: { host: a } }], timeout: 2s }]'),
);

test('When a VirtualService is rendered, then only its own virtual host is there, for all proxies at once', () => {
  const [virtualService] = resourcesOf(
    istio('VirtualService', 'a', '  hosts: [a]\n  http: [{ route: [{ destination: { host: a } }], timeout: 1s }]'),
  );
  const found = render([virtualService!], others, { config: CONFIG });
  expect(found).toMatchObject([
    {
      proxies: ['Deployment shop/a', 'Deployment shop/b'],
      routes: [{ name: '80', virtual_hosts: [{ routes: [{ route: { timeout: '1s' } }] }] }],
    },
  ]);
  expect(found[0]?.listeners).toBeUndefined();
});

test('When a file has objects that are applied already, then they are still rendered; other objects are not', () => {
  expect(render(others.slice(-1), others, { config: CONFIG, workload: 'b' })).toMatchObject([
    { proxies: ['Deployment shop/b'] },
  ]);
  expect(render([], others, { config: CONFIG })).toEqual([]);
});
