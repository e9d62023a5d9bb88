import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { openAuthority } from './authority.ts';
import type { Authority, Certificate } from './authority.ts';

const CHECKOUT = 'spiffe://cluster.local/ns/shop/sa/checkout';
const BILLING = 'spiffe://cluster.local/ns/shop/sa/billing';
const options = { trustDomain: 'cluster.local' };
const HOUR = 3_600_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...parts: string[]) => join(folder, 'ca', ...parts);
const countRoots = (bundle: string) => bundle.split('BEGIN CERTIFICATE').length - 1;
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** The names in the certificates that client and server of a TLS connection see. Rejects if the connection fails. */
async function handshake(
  server: Certificate,
  client: Certificate,
  trusted: Authority,
): Promise<(string | undefined)[]> {
  const listener = createServer({
    cert: server.chain,
    key: server.key,
    ca: trusted.bundle(),
    requestCert: true,
    rejectUnauthorized: true,
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  try {
    const { port } = listener.address() as AddressInfo;
    const accepted = new Promise<string | undefined>((resolve, reject) => {
      listener.once('secureConnection', (socket) => resolve(socket.getPeerCertificate().subjectaltname));
      listener.once('tlsClientError', reject);
    });
    accepted.catch(() => {});
    const socket = connect({
      port,
      host: '127.0.0.1',
      ca: trusted.bundle(),
      cert: client.chain,
      key: client.key,
      checkServerIdentity: () => undefined,
    });
    try {
      await once(socket, 'secureConnect');
      return [socket.getPeerCertificate().subjectaltname, await accepted];
    } finally {
      socket.destroy();
    }
  } finally {
    listener.close();
  }
}

describe('the authority', () => {
  test('When two workloads connect, then each sees the identity of the other', async () => {
    const authority = await openAuthority(at(), options);
    const [server, client] = await Promise.all([authority.issue(BILLING), authority.issue(CHECKOUT)]);
    expect(await handshake(server, client, authority)).toEqual([`URI:${BILLING}`, `URI:${CHECKOUT}`]);
  });

  test('When a certificate comes from another root, then no side accepts it', async () => {
    const [authority, other] = await Promise.all([openAuthority(at(), options), openAuthority(at('other'), options)]);
    const [ours, theirs] = await Promise.all([authority.issue(BILLING), other.issue(CHECKOUT)]);
    await expect(handshake(ours, theirs, authority)).rejects.toThrow();
    await expect(handshake(theirs, ours, authority)).rejects.toThrow();
  });

  test('When a certificate is issued, then it is as SPIFFE requires, for 24 hours and two minutes before', async () => {
    const now = new Date('2026-11-24T12:00:00Z');
    const authority = await openAuthority(at(), { ...options, now: () => now });
    const issued = await authority.issue(CHECKOUT);
    const leaf = new X509Certificate(issued.chain);
    expect(leaf.verify(new X509Certificate(authority.bundle()).publicKey)).toBe(true);
    expect([leaf.ca, leaf.subject, leaf.issuer]).toEqual([false, undefined, 'O=cluster.local']);
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    // subjectAltName (2.5.29.17) followed by BOOLEAN TRUE: critical.
    expect(leaf.raw.toString('hex')).toContain('0603551d110101ff');
    expect(leaf.validToDate).toEqual(new Date('2026-11-25T12:00:00Z'));
    expect(leaf.validFromDate).toEqual(new Date('2026-11-24T11:58:00Z'));
    expect(issued).toMatchObject({ notBefore: leaf.validFromDate, notAfter: leaf.validToDate });
  });

  test('When it is opened again, then it has the same root, and only the owner can read the files', async () => {
    const first = await openAuthority(at(), options);
    expect([await modeOf(at('roots.json')), await modeOf(at())]).toEqual(['600', '700']);
    await chmod(at('roots.json'), 0o644);
    const second = await openAuthority(at(), options);
    expect(second.bundle()).toBe(first.bundle());
    expect(await modeOf(at('roots.json'))).toBe('600');
    const [server, client] = await Promise.all([first.issue(BILLING), second.issue(CHECKOUT)]);
    expect(await handshake(server, client, first)).toHaveLength(2);
    const { validFromDate, validToDate, ca } = new X509Certificate(first.bundle());
    expect(ca).toBe(true);
    expect(Math.round((validToDate.getTime() - validFromDate.getTime()) / (365.25 * 24 * HOUR))).toBe(10);
  });

  test('When the saved root cannot be used, then a new one replaces it', async () => {
    const open = async (more = {}) => (await openAuthority(at(), { ...options, ...more })).bundle();
    const roots = [await open()];
    const saved = JSON.parse(await readFile(at('roots.json'), 'utf8'));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const otherKey = { ...saved.active, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
    for (const file of ['{"active": {"key": "half a k', 'null', '{}', JSON.stringify({ active: otherKey })]) {
      await writeFile(at('roots.json'), file);
      roots.push(await open());
    }
    roots.push(await open({ trustDomain: 'example.org' }));
    const late = () => new Date(Date.now() + 10 * 365.25 * 24 * HOUR);
    roots.push(await open({ trustDomain: 'example.org', now: late }));
    expect(new Set(roots).size).toBe(7);
    expect(roots.map(countRoots)).toEqual(Array(7).fill(1));
  });

  test('When a root ends within a day, then so does what it signs, and once opened again it signs no more', async () => {
    const rootMs = 400 * 24 * HOUR;
    const end = Date.parse('2028-01-01T00:00:00Z');
    const clock = { now: end - rootMs };
    const open = () => openAuthority(at(), { ...options, rootMs, now: () => new Date(clock.now) });
    const authority = await open();
    clock.now = end - HOUR;
    expect((await authority.issue(CHECKOUT)).notAfter).toEqual(new Date(end));
    const again = await open();
    expect(countRoots(again.bundle())).toBe(2);
    expect(again.active()).not.toBe(authority.active());
    expect((await again.issue(CHECKOUT)).notAfter).toEqual(new Date(end + 23 * HOUR));
  });
});
