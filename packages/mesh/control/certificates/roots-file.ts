import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pair } from './certificate.ts';
import type { Roots } from './roots.ts';

const FILE = 'roots.json';

/**
 * The roots that are saved in a folder, without those that have expired: a next root takes the place of such an active one.
 * Undefined if the file is missing or unreadable, or if none of its roots can sign for this trust domain.
 */
export async function loadRoots(folder: string, trustDomain: string, time: Date): Promise<Roots | undefined> {
  try {
    const path = join(folder, FILE);
    // For its owner only, before it is read: in a copied folder the mode depends on the umask.
    await chmod(path, 0o600);
    const saved = JSON.parse(await readFile(path, 'utf8')) as Roots;
    const [active, next] = [saved.active, saved.next].filter((pair) => canSign(pair, trustDomain, time));
    const old = saved.old && isValid(new X509Certificate(saved.old.certificate), time) ? saved.old : undefined;
    return active && { active, ...(next && { next }), ...(old && { old }) };
  } catch {
    return undefined;
  }
}

/** Saves the roots in one step: if the process is killed meanwhile, no incomplete key is left. Throws the system's error. */
export async function saveRoots(folder: string, roots: Roots): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${FILE}.new`);
  await writeFile(temporary, `${JSON.stringify(roots, null, 2)}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, join(folder, FILE));
}

function canSign(pair: Pair | undefined, trustDomain: string, time: Date): boolean {
  if (pair === undefined) return false;
  const root = new X509Certificate(pair.certificate);
  const key = createPrivateKey(pair.key);
  const isOurs = root.subject === `O=${trustDomain}` && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return isOurs && root.checkPrivateKey(key) && isValid(root, time);
}

function isValid({ validToDate }: X509Certificate, time: Date): boolean {
  return time < validToDate;
}
