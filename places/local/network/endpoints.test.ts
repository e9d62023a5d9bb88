import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpointsOf, writeEndpoints } from './endpoints.ts';
import { serviceAddresses } from './service-addresses.ts';
import { deployment, service } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';

const web = resource(deployment());
const services = [resource(service('web'))];

test('When pods are ready, then the named port of the Service leads to their loopback ports, and to no other pod', () => {
  const ready = fakePod(web, { name: 'a', ports: new Map([[8080, 20_001]]) });
  const waiting = fakePod(web, { name: 'b', ready: false });
  const elsewhere = fakePod(web, { name: 'c', namespace: 'other' });
  const other = fakePod(web, { name: 'd', labels: { app: 'api' } });
  expect(endpointsOf(services, [ready, waiting, elsewhere, other], serviceAddresses())).toEqual([
    {
      name: 'web',
      namespace: 'shop',
      ip: '240.240.0.1',
      ports: { 80: [20_001] },
      written: [{ port: 80, name: 'http' }],
      pods: { 80: ['a'] },
    },
  ]);
});

test('When a Service is deleted, then all others keep their addresses for their lives', () => {
  const addresses = serviceAddresses();
  const three = ['a', 'b', 'c'].map((name) => resource(service(name)));
  const ips = (of: typeof three) => endpointsOf(of, [], addresses).map(({ name, ip }) => `${name} ${ip}`);
  expect(ips(three)).toEqual(['a 240.240.0.1', 'b 240.240.0.2', 'c 240.240.0.3']);
  expect(ips(three.slice(1))).toEqual(['b 240.240.0.2', 'c 240.240.0.3']);
  expect(ips([resource(service('d')), ...three.slice(2)])).toEqual(['d 240.240.0.4', 'c 240.240.0.3']);
});

test('When the file is replaced many times within a clock tick, then each version has a later time', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tuesday-endpoints-')), 'endpoints.json');
  const times = Array.from({ length: 100 }, () => {
    writeEndpoints(file, {
      endpoints: endpointsOf(services, [], serviceAddresses()),
      pods: { '240.241.0.1': { 8080: 20_001 } },
    });
    return statSync(file).mtimeMs;
  });
  expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    services: { 'shop/web': { ip: '240.240.0.1', ports: { 80: [] } } },
    pods: { '240.241.0.1': { 8080: 20_001 } },
  });
});
