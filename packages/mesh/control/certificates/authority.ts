import { X509Certificate } from 'node:crypto';
import { loadRoots, saveRoots } from './roots-file.ts';
import { bundleOf, type Roots } from './roots.ts';
import { nextRoots } from './rotation.ts';

/** A workload's certificate chain and key, PEM. */
export interface Certificate {
  chain: string;
  key: string;
  notBefore: Date;
  notAfter: Date;
  /** The root that signed it, PEM. */
  root: string;
}

/** The mesh's own certificate authority. */
export interface Authority {
  /** The root certificates, all of which every proxy of the mesh trusts, PEM. */
  bundle(): string;
  /** The one of them that signs now, PEM. Certificates of another one have to be replaced. */
  active(): string;
  /** Makes a key and a certificate for a SPIFFE id, valid for the client and the server side of TLS. */
  issue(identity: string): Promise<Certificate>;
  /**
   * Takes the next step of replacing the root, if one is due (nextRoots); to be called again and again. It may change the
   * bundle or the active root, even where it rejects: with the system's error, when the roots could not be saved. Then no
   * further step is taken until a later call has saved them.
   * `isAcknowledged` answers whether every proxy has acknowledged a bundle.
   */
  rotate(isAcknowledged: (bundle: string) => boolean): Promise<void>;
}

interface AuthorityOptions {
  trustDomain: string;
  /** The lifetime of a workload's certificate, in ms; by default 24 h, as in Istio. */
  leafMs?: number;
  /** The lifetime of a root, in ms, of more than five `leafMs`; by default ten years, as in Istio (CITADEL_SELF_SIGNED_CA_CERT_TTL). */
  rootMs?: number;
  /** The clock; tests replace it. */
  now?: () => Date;
}

const DAY_MS = 24 * 3_600_000;
/** Certificates are valid from two minutes ago, for machines whose clock is slow. Istio has the same two minutes (istio.io/istio security/pkg/pki/util, ClockSkewGracePeriod). */
const SKEW_MS = 2 * 60_000;

/**
 * Opens the authority whose roots are in `folder`, in a file that only its owner can read. An authority goes on where it was
 * closed, also within a rotation. Roots that are missing, unreadable, expired or of another trust domain are replaced by a
 * new one. Throws the system's error if that cannot be saved.
 */
export async function openAuthority(folder: string, options: AuthorityOptions): Promise<Authority> {
  const { trustDomain, now = () => new Date(), leafMs = DAY_MS, rootMs = 3_650 * DAY_MS } = options;
  // Loaded here: a shop without a mesh keeps objects and needs no certificates.
  const { createRoot, signerOf } = await import('./certificate.ts');
  const validity = (notAfter: number) => ({
    notBefore: new Date(now().getTime() - SKEW_MS),
    notAfter: new Date(notAfter),
  });
  const newRoot = () => createRoot(trustDomain, validity(now().getTime() + rootMs));

  let saved = await loadRoots(folder, trustDomain, now());
  let roots: Roots = saved ?? { active: await newRoot() };
  let step: Promise<void> | undefined;

  async function save(): Promise<void> {
    if (saved === roots) return;
    await saveRoots(folder, roots);
    saved = roots;
  }

  async function advance(isAcknowledged: (bundle: string) => boolean): Promise<void> {
    await save();
    // In use first, then saved: no certificate is signed by the old root after the time from which its end is counted.
    roots = await nextRoots(roots, { time: now(), leafMs, isAcknowledged, createRoot: newRoot });
    await save();
  }

  // Twice, for a root whose end has come close while nothing ran: the first step makes the next root, the second uses it.
  for (let count = 0; count < 2; count++) await advance(() => false);

  return {
    bundle: () => bundleOf(roots),
    active: () => roots.active.certificate,
    async issue(identity) {
      const { active } = roots;
      // No certificate is valid longer than its root.
      const rootEnd = new X509Certificate(active.certificate).validToDate.getTime();
      const valid = validity(Math.min(now().getTime() + leafMs, rootEnd));
      const sign = await signerOf(active);
      const { certificate, key } = await sign({ identity, ...valid });
      return { chain: certificate, key, root: active.certificate, ...valid };
    },
    rotate: (isAcknowledged) => (step ??= advance(isAcknowledged).finally(() => (step = undefined))),
  };
}
