import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthority } from './authority.ts';
import type { Authority, Certificate } from './authority.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEAF = 3 * DAY;
const START = Date.parse('2026-01-01T00:00:00Z');
const CHECKOUT = 'spiffe://cluster.local/ns/shop/sa/checkout';

let folder: string;
const clock = { now: START };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rotation-'));
  clock.now = START;
});
afterEach(() => rm(folder, { recursive: true }));

/** Roots live twenty days, and the grace of the last fifth begins on day 16; certificates live three days. */
function open(): Promise<Authority> {
  const now = () => new Date(clock.now);
  return openAuthority(folder, { trustDomain: 'cluster.local', rootMs: 20 * DAY, leafMs: LEAF, now });
}

const certificatesIn = (bundle: string) => bundle.match(/-----BEGIN[^]+?END CERTIFICATE-----\n/g) ?? [];

type Phase = 'one root' | 'next root' | 'old root';

function phaseOf(authority: Authority): Phase {
  const all = certificatesIn(authority.bundle());
  if (all.length === 1) return 'one root';
  return authority.active() === all[0] ? 'next root' : 'old root';
}

/** Whether a proxy with these roots accepts a certificate now. */
function accepts(bundle: string, { chain }: Certificate): boolean {
  const leaf = new X509Certificate(chain);
  const isNow = ({ validFromDate, validToDate }: X509Certificate) =>
    validFromDate.getTime() <= clock.now && clock.now < validToDate.getTime();
  const roots = certificatesIn(bundle).map((pem) => new X509Certificate(pem));
  return isNow(leaf) && roots.some((root) => isNow(root) && leaf.checkIssued(root) && leaf.verify(root.publicKey));
}

/** A proxy that uses and acknowledges a push some hours later. */
interface Proxy {
  delay: number;
  uses?: Push;
  pushes: (Push & { at: number })[];
}

interface Push {
  bundle: string;
  leaf: Certificate;
}

/** What the control plane knows; it is lost when it restarts. */
interface Plane {
  authority: Authority;
  leaf: Certificate;
  acknowledged: Map<Proxy, string>;
}

const startPlane = async (authority: Authority): Promise<Plane> => ({
  authority,
  leaf: await authority.issue(CHECKOUT),
  acknowledged: new Map(),
});

/** One check of the control plane, then its pushes. */
async function check(plane: Plane, proxies: Proxy[]): Promise<void> {
  const { authority, acknowledged } = plane;
  await authority.rotate((bundle) => proxies.every((proxy) => acknowledged.get(proxy) === bundle));
  const halfLife = (plane.leaf.notBefore.getTime() + plane.leaf.notAfter.getTime()) / 2;
  if (plane.leaf.root !== authority.active() || clock.now >= halfLife) plane.leaf = await authority.issue(CHECKOUT);
  const push = { bundle: authority.bundle(), leaf: plane.leaf };
  for (const proxy of proxies) {
    const last = proxy.pushes.at(-1) ?? proxy.uses;
    if (last?.bundle !== push.bundle || last.leaf !== push.leaf)
      proxy.pushes.push({ ...push, at: clock.now + proxy.delay });
  }
}

function receive(plane: Plane, proxy: Proxy): void {
  while (proxy.pushes[0] !== undefined && proxy.pushes[0].at <= clock.now) {
    proxy.uses = proxy.pushes.shift()!;
    plane.acknowledged.set(proxy, proxy.uses.bundle);
  }
}

describe('the rotation of the root', () => {
  test.each<Phase | 'never'>(['never', 'one root', 'next root', 'old root'])(
    'When the control plane restarts in the phase %j, and proxies acknowledge late, then each accepts all others at all times',
    async (restartIn) => {
      let plane = await startPlane(await open());
      const proxies: Proxy[] = [0, 6 * HOUR, 18 * HOUR].map((delay) => ({ delay, pushes: [] }));
      const active = new Set<string>();
      let restarts = 0;
      for (; clock.now < START + 38 * DAY; clock.now += 6 * HOUR) {
        for (const proxy of proxies) receive(plane, proxy);
        await check(plane, proxies);
        active.add(plane.authority.active());
        if (restarts < active.size && phaseOf(plane.authority) === restartIn) {
          restarts++;
          const { authority } = plane;
          plane = await startPlane(await open());
          expect([plane.authority.bundle(), plane.authority.active()]).toEqual([
            authority.bundle(),
            authority.active(),
          ]);
          for (const proxy of proxies) proxy.pushes = [];
        }
        const users = proxies.flatMap(({ uses }) => uses ?? []);
        const refusals = users.flatMap(({ bundle }) => users.filter(({ leaf }) => !accepts(bundle, leaf)));
        expect({ at: new Date(clock.now), refusals }).toEqual({ at: new Date(clock.now), refusals: [] });
      }
      expect([active.size, phaseOf(plane.authority)]).toEqual([3, 'one root']);
      if (restartIn !== 'never') expect(restarts).toBeGreaterThanOrEqual(2);
    },
  );

  test('When a proxy never acknowledges, then the old root signs until it is valid for three days, and stays until its end', async () => {
    const authority = await open();
    const phases: [number, Phase][] = [];
    for (; clock.now < START + 21 * DAY; clock.now += HOUR) {
      await authority.rotate(() => false);
      const phase = phaseOf(authority);
      if (phases.at(-1)?.[1] !== phase) phases.push([(clock.now - START) / DAY, phase]);
    }
    expect(phases).toEqual([
      [0, 'one root'],
      [16, 'next root'],
      [17, 'old root'],
      [20, 'one root'],
    ]);
  });

  test('When every proxy has acknowledged, then the old root stays for three days, and the file has no key of it', async () => {
    const authority = await open();
    clock.now += 16 * DAY;
    const old = authority.active();
    for (const phase of ['next root', 'old root', 'old root']) {
      await authority.rotate(() => true);
      expect([phaseOf(authority), (await stat(join(folder, 'roots.json'))).mode & 0o777]).toEqual([phase, 0o600]);
    }
    const saved = JSON.parse(await readFile(join(folder, 'roots.json'), 'utf8'));
    expect(saved.old).toEqual({ certificate: old, until: new Date(clock.now + LEAF).toISOString() });
    clock.now += LEAF - 1;
    await authority.rotate(() => true);
    expect(authority.bundle()).toContain(old);
    clock.now += 1;
    await authority.rotate(() => true);
    expect(authority.bundle()).not.toContain(old);
  });

  test('When roots have expired while nothing ran, then a valid next one is active, and they are in no bundle', async () => {
    const authority = await open();
    clock.now += 16 * DAY;
    await authority.rotate(() => false);
    const [, next] = certificatesIn(authority.bundle());
    clock.now = START + 21 * DAY;
    expect((await open()).bundle()).toBe(next);
    clock.now = START + 38 * DAY;
    expect(certificatesIn((await open()).bundle())).not.toContain(next);
  });

  test('When the roots cannot be saved, then no further step is taken until they are', async () => {
    const authority = await open();
    clock.now += 16 * DAY;
    await mkdir(join(folder, 'roots.json.new'));
    for (let count = 0; count < 2; count++) {
      await expect(authority.rotate(() => true)).rejects.toThrow('EISDIR');
      expect(phaseOf(authority)).toBe('next root');
    }
    await rmdir(join(folder, 'roots.json.new'));
    await writeFile(join(folder, 'roots.json.new'), '{"active": {"key": "half a k');
    await Promise.all([authority.rotate(() => true), authority.rotate(() => true)]);
    expect(phaseOf(authority)).toBe('old root');
    expect((await open()).bundle()).toBe(authority.bundle());
  });
});
