import { describe, expect, jest, test } from '@jest/globals';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Authority, Certificate } from './authority.ts';
import { createCertificates } from './certificates.ts';

const HOUR = 3_600_000;
const CHECKOUT = 'spiffe://cluster.local/ns/shop/sa/checkout';
const BILLING = 'spiffe://cluster.local/ns/shop/sa/billing';

/** Certificates of an authority that numbers them, with a clock that tests set. */
function setUp() {
  const clock = { now: 0 };
  const issued: string[] = [];
  const faults: Error[] = [];
  const roots = { bundle: 'A', active: 'A' };
  const rotate = jest.fn<Authority['rotate']>().mockResolvedValue(undefined);
  const authority: Authority = {
    bundle: () => roots.bundle,
    active: () => roots.active,
    rotate,
    async issue(identity: string): Promise<Certificate> {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      const chain = `${identity} ${issued.push(identity)}`;
      const [notBefore, notAfter] = [new Date(clock.now), new Date(clock.now + 24 * HOUR)];
      return { chain, key: '', root: roots.active, notBefore, notAfter };
    },
  };
  const onChange = jest.fn();
  const options = { authority, isAcknowledged: () => true, onChange, checkMs: 1, now: () => clock.now };
  const certificates = createCertificates(options);
  const dispose = () => certificates.stop();
  return { ...options, certificates, clock, issued, faults, roots, rotate, [Symbol.asyncDispose]: dispose };
}

async function until(found: () => boolean): Promise<void> {
  while (!found()) await turn();
}

describe('the certificates of the mesh', () => {
  test('When pods share an account, then one certificate is issued for all of them', async () => {
    await using own = setUp();
    expect([own.certificates.of(CHECKOUT), own.certificates.of(CHECKOUT)]).toEqual([undefined, undefined]);
    expect(own.certificates.isPending()).toBe(true);
    await until(() => own.onChange.mock.calls.length > 0);
    expect(own.certificates.isPending()).toBe(false);
    expect(own.certificates.of(CHECKOUT)?.chain).toBe(`${CHECKOUT} 1`);
    expect(own.issued).toEqual([CHECKOUT]);
  });

  test('When saving the roots takes long, then certificates are renewed meanwhile', async () => {
    await using own = setUp();
    own.certificates.of(CHECKOUT);
    await until(() => own.onChange.mock.calls.length === 1);
    const saved = Promise.withResolvers<void>();
    own.rotate.mockReturnValue(saved.promise);
    await until(() => own.rotate.mock.calls.length > 2);
    own.clock.now = 12 * HOUR;
    await until(() => own.issued.length === 2);
    saved.resolve();
  });

  test('When half of the lifetime is over, then a certificate is renewed, and not before', async () => {
    await using own = setUp();
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
    await using own = setUp();
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
    await using own = setUp();
    own.faults.push(new Error('no entropy'));
    own.certificates.of(CHECKOUT);
    await until(() => own.onChange.mock.calls.length > 0);
    expect(own.certificates.of(CHECKOUT)?.chain).toBe(`${CHECKOUT} 1`);
  });

  test('When another root signs, then every certificate is issued anew', async () => {
    await using own = setUp();
    own.certificates.of(CHECKOUT);
    own.certificates.of(BILLING);
    await until(() => own.onChange.mock.calls.length === 2);
    own.roots.active = 'B';
    await until(() => own.onChange.mock.calls.length === 4);
    await wait(10);
    expect(own.issued).toEqual([CHECKOUT, BILLING, CHECKOUT, BILLING]);
    expect(own.certificates.of(BILLING)?.root).toBe('B');
  });

  test('When the trusted roots change, then that is a change, also if they could not be saved', async () => {
    await using own = setUp();
    own.rotate.mockImplementationOnce(async () => void (own.roots.bundle = 'AB'));
    await until(() => own.onChange.mock.calls.length === 1);
    own.rotate.mockImplementationOnce(async () => {
      own.roots.bundle = 'B';
      throw new Error('The disk is full.');
    });
    await until(() => own.onChange.mock.calls.length === 2);
    expect(own.rotate).toHaveBeenCalledWith(own.isAcknowledged);
  });

  test('When it is stopped, then it waits for the step that is being saved, and reports nothing any more', async () => {
    await using own = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    own.rotate.mockReturnValue(promise);
    await until(() => own.rotate.mock.calls.length > 0);
    const stopped = own.certificates.stop();
    own.roots.bundle = 'AB';
    expect(await Promise.race([stopped, wait(10, 'waiting')])).toBe('waiting');
    resolve();
    await stopped;
    expect(own.onChange).not.toHaveBeenCalled();
  });
});
