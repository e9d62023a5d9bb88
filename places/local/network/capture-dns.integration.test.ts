import { expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPodWith } from '../testing/captured.ts';

const endpoints = join(mkdtempSync(join(tmpdir(), 'tuesday-dns-')), 'endpoints.json');
writeFileSync(
  endpoints,
  JSON.stringify({ services: { 'shop/billing': { ip: '240.240.0.1', ports: { 80: [1] } } }, pods: {} }),
);
const inPod = inPodWith(endpoints);

test('When a name is looked up, then every form of the call gives the address of the Service', async () => {
  const code = `import dns, { lookup } from 'node:dns'; import { lookup as promised } from 'node:dns/promises';
    const one = await new Promise((done) => dns.lookup('billing', (e, address, family) => done([address, family])));
    const all = await new Promise((done) => lookup('billing', { all: true }, (e, found) => done(found)));
    const lost = await promised('missing.shop.svc').catch((e) => e.code);
    console.log(JSON.stringify([one, all, await promised('billing'), lost, (await promised('localhost', 4)).address]))`;
  const ip = '240.240.0.1';
  expect(JSON.parse(await inPod(code))).toEqual([
    [ip, 4],
    [{ address: ip, family: 4 }],
    { address: ip, family: 4 },
    'ENOTFOUND',
    '127.0.0.1',
  ]);
});

test.each([
  ['dns.lookup(name, 6)', `new Promise((done, fail) => dns.lookup('billing', 6, (e, a) => (e ? fail(e) : done(a))))`],
  ['lookup with family 6', `dns.promises.lookup('billing', { family: 6 })`],
  ['lookup with family IPv6 and all', `dns.promises.lookup('billing', { family: 'IPv6', all: true })`],
  [
    'a connection with family 6',
    `new Promise((done, fail) => connect({ host: 'billing', port: 80, family: 6 }, done).on('error', fail))`,
  ],
])('When %s asks for an IPv6 address of a Service, then there is none', async (_, call) => {
  const code = `import dns from 'node:dns'; import { connect } from 'node:net';
    console.log(await ${call}.catch(({ code, syscall }) => code + ' ' + syscall)); process.exit()`;
  expect(await inPod(code)).toBe('ENOTFOUND getaddrinfo');
});

test('When util.promisify wraps the look-up, then it gives what it gives of any name', async () => {
  const code = `import dns from 'node:dns'; import { promisify } from 'node:util';
    console.log(JSON.stringify(await promisify(dns.lookup)('billing')))`;
  expect(JSON.parse(await inPod(code))).toEqual({ address: '240.240.0.1', family: 4 });
});

test('When DNS is asked for the full name of a Service, then every form of the query gives its address, and none of IPv6', async () => {
  const code = `import dns from 'node:dns'; import { resolve4, resolve } from 'node:dns/promises';
    const full = 'billing.shop.svc.cluster.local';
    const called = (owner, method, ...rest) => new Promise((done) => owner[method](full, ...rest, (e, found) => done(e ? e.code + ' ' + e.syscall : found)));
    const fails = (promise) => promise.catch(({ code, syscall, hostname }) => [code, syscall, hostname].join(' '));
    const resolver = new dns.Resolver(); const promised = new dns.promises.Resolver();
    console.log(JSON.stringify([
      await called(dns, 'resolve4'), await called(dns, 'resolve'), await called(dns, 'resolve', 'A'), await called(resolver, 'resolve4'),
      await resolve4(full), await resolve(full + '.'), await promised.resolve4(full),
      await called(dns, 'resolve4', { ttl: true }), await called(dns, 'resolveAny'),
      await called(dns, 'resolve6'), await called(resolver, 'resolve', 'AAAA'), await fails(promised.resolve6(full)),
      await fails(resolve4('missing.shop.svc.cluster.local')), await fails(resolve4('billing')),
    ]))`;
  const ip = '240.240.0.1';
  expect(JSON.parse(await inPod(code))).toEqual([
    ...Array.from({ length: 7 }, () => [ip]),
    [{ address: ip, ttl: 30 }],
    [{ address: ip, ttl: 30, type: 'A' }],
    ...Array.from({ length: 2 }, () => 'ENODATA queryAaaa'),
    'ENODATA queryAaaa billing.shop.svc.cluster.local',
    'ENOTFOUND queryA missing.shop.svc.cluster.local',
    // A cluster's DNS server knows no short names, and c-ares does not complete them.
    'ENOTFOUND queryA billing',
  ]);
});
