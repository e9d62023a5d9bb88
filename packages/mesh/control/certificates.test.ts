import { describe, expect, jest, test } from '@jest/globals';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Certificate } from './authority.ts';
import { createCertificates } from './certificates.ts';

const HOUR = 3_600_000;
const CHECKOUT = 'spiffe://cluster.local/ns/shop/sa/checkout';
const BILLING = 'spiffe://cluster.local/ns/shop/sa/billing';

/** Certificates of an authority that numbers them, with a clock that tests set. */
function setUp() {
  const clock = { now: 0 };
  const issued: string[] = [];
  const faults: Error[] = [];
  const authority = {
    async issue(identity: string): Promise<Certificate> {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      const chain = `${identity} ${issued.push(identity)}`;
      return { chain, key: '', notBefore: new Date(clock.now), notAfter: new Date(clock.now + 24 * HOUR) };
    },
  };
  const onChange = jest.fn();
  const certificates = createCertificates({ authority, onChange, checkMs: 1, now: () => clock.now });
  return { certificates, clock, issued, faults, onChange, [Symbol.dispose]: () => certificates.stop() };
}

async function until(found: () => boolean): Promise<void> {
  while (!found()) await turn();
}

describe('the certificates of the mesh', () => {
  test('When pods share an account, then one certificate is issued for all of them', async () => {
    using own = setUp();
    expect([own.certificates.of(CHECKOUT), own.certificates.of(CHECKOUT)]).toEqual([undefined, undefined]);
    expect(own.certificates.isPending()).toBe(true);
    await until(() => own.onChange.mock.calls.length > 0);
    expect(own.certificates.isPending()).toBe(false);
    expect(own.certificates.of(CHECKOUT)?.chain).toBe(`${CHECKOUT} 1`);
    expect(own.issued).toEqual([CHECKOUT]);
  });

  test('When half of the lifetime is over, then a certificate is renewed, and not before', async () => {
    using own = setUp();
    own.certificates.of(CHECKOUT);
    await until(() => own.onChange.mock.calls.length === 1);
    own.clock.now = 12 * HOUR - 1;
    await wait(10);
    expect(own.issued).toHaveLength(1);
    own.clock.now = 12 * HOUR;
    await until(() => own.onChange.mock.calls.length === 2);
    expect(own.certificates.of(CHECKOUT)?.chain).toBe(`${CHECKOUT} 2`);
  });

  test('When an identity has no pods any more, then its certificate is not renewed', async () => {
    using own = setUp();
    own.certificates.of(CHECKOUT);
    own.certificates.of(BILLING);
    await until(() => own.onChange.mock.calls.length === 2);
    own.certificates.keep(new Set([BILLING]));
    own.clock.now = 12 * HOUR;
    await until(() => own.onChange.mock.calls.length === 3);
    await wait(10);
    expect(own.issued).toEqual([CHECKOUT, BILLING, BILLING]);
  });

  test('When issuing fails, then it is tried again', async () => {
    using own = setUp();
    own.faults.push(new Error('no entropy'));
    own.certificates.of(CHECKOUT);
    await until(() => own.onChange.mock.calls.length > 0);
    expect(own.certificates.of(CHECKOUT)?.chain).toBe(`${CHECKOUT} 1`);
  });
});
