import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pair } from './certificate.ts';

/** A workload's certificate chain and key, PEM. */
export interface Certificate {
  chain: string;
  key: string;
  notBefore: Date;
  notAfter: Date;
}

/** The mesh's own certificate authority. */
export interface Authority {
  /** The root certificate, which every proxy of the mesh trusts, PEM. */
  root: string;
  /** Makes a key and a certificate for a SPIFFE id, valid for the client and the server side of TLS. */
  issue(identity: string): Promise<Certificate>;
}

interface AuthorityOptions {
  trustDomain: string;
  /** The lifetime of a workload's certificate, in ms; by default 24 h, as in Istio. */
  leafMs?: number;
  /** The clock; tests replace it. */
  now?: () => Date;
}

const DAY_MS = 24 * 3_600_000;
/** Certificates are valid from two minutes ago, for machines whose clock is slow. Istio has the same two minutes (istio.io/istio security/pkg/pki/util, ClockSkewGracePeriod). */
const SKEW_MINUTES = 2;
/** A root with less time left is replaced when it is opened, so that no certificate is valid longer than its root. */
const REPLACE_DAYS = 30;

/**
 * Opens the authority whose root is in `folder` as `key.pem` and `root.pem`, both readable for their owner only.
 * A root that is missing, unreadable, of another trust domain or near its end is replaced by a new one.
 */
export async function openAuthority(folder: string, options: AuthorityOptions): Promise<Authority> {
  const { trustDomain, now = () => new Date(), leafMs = DAY_MS } = options;
  const root = (await loadRoot(folder, trustDomain, now())) ?? (await saveNewRoot(folder, trustDomain, now()));
  // Loaded here: a shop without a mesh keeps objects and needs no certificates.
  const { signerOf } = await import('./certificate.ts');
  const sign = await signerOf(root);

  return {
    root: root.certificate,
    async issue(identity) {
      const time = now();
      const notBefore = minutesAfter(time, -SKEW_MINUTES);
      const notAfter = new Date(time.getTime() + leafMs);
      const { certificate, key } = await sign({ identity, notBefore, notAfter });
      return { chain: certificate, key, notBefore, notAfter };
    },
  };
}

async function loadRoot(folder: string, trustDomain: string, now: Date): Promise<Pair | undefined> {
  try {
    const [certificate, key] = await Promise.all([readOwn(folder, 'root.pem'), readOwn(folder, 'key.pem')]);
    return isUsable({ certificate, key }, trustDomain, now) ? { certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

function isUsable({ certificate, key }: Pair, trustDomain: string, now: Date): boolean {
  const root = new X509Certificate(certificate);
  return (
    root.checkPrivateKey(createPrivateKey(key)) &&
    root.subject === `O=${trustDomain}` &&
    root.validToDate.getTime() - now.getTime() > REPLACE_DAYS * DAY_MS
  );
}

async function saveNewRoot(folder: string, trustDomain: string, now: Date): Promise<Pair> {
  const { createRoot } = await import('./certificate.ts');
  const root = await createRoot(trustDomain, minutesAfter(now, -SKEW_MINUTES));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeOwn(folder, 'key.pem', root.key);
  await writeOwn(folder, 'root.pem', root.certificate);
  return root;
}

/** Makes a file readable for its owner only, then reads it: in a copied folder the mode depends on the umask. */
async function readOwn(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await chmod(path, 0o600);
  return readFile(path, 'utf8');
}

/** Writes a file in one step: if the process is killed meanwhile, no incomplete key is left. */
async function writeOwn(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `${name}.new`);
  await writeFile(temporary, text, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, join(folder, name));
}

function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
