import { X509Certificate } from 'node:crypto';
import type { Pair } from './certificate.ts';
import { bundleOf, type Roots } from './roots.ts';

interface Situation {
  time: Date;
  /** The longest lifetime of a workload's certificate, in ms. */
  leafMs: number;
  /** Whether every proxy has acknowledged these trusted roots. */
  isAcknowledged(bundle: string): boolean;
  createRoot(): Promise<Pair>;
}

/** Istio's default of CITADEL_SELF_SIGNED_ROOT_CERT_GRACE_PERIOD_PERCENTILE: 20 % (istio.io/istio security/pkg/cmd/config.go). */
const GRACE_SHARE = 0.2;

/**
 * The roots after the next step of a rotation; the same object if there is nothing to do. The steps are:
 *
 * 1. When the last fifth of the active root's lifetime begins, a next one is made: proxies get both, the active one signs.
 * 2. When every proxy has acknowledged both, the next one becomes active: all certificates are issued anew, by it.
 * 3. When every certificate of the old root must have expired, the old root goes. Some were perhaps not replaced until then.
 *
 * A proxy that never acknowledges delays step 2 until the active root is valid for no longer than a workload's certificate.
 * Then the next one becomes active all the same: that proxy rejects the others, but without it the whole mesh would expire.
 * So a fifth of a root's lifetime has to be longer than the lifetime of a workload's certificate.
 *
 * Istio renews at the same time, but it signs the new root with the old key (security/pkg/pki/ca/selfsignedcarootcertrotator.go),
 * and so needs no steps. Here a key also ends.
 */
export async function nextRoots(roots: Roots, situation: Situation): Promise<Roots> {
  const { time, leafMs, isAcknowledged, createRoot } = situation;
  const { active, next, old } = roots;
  if (old !== undefined) return time < new Date(old.until) ? roots : { active };
  const { validFromDate, validToDate } = new X509Certificate(active.certificate);
  const leftMs = validToDate.getTime() - time.getTime();
  if (next === undefined) {
    const isDue = leftMs <= (validToDate.getTime() - validFromDate.getTime()) * GRACE_SHARE;
    return isDue ? { active, next: await createRoot() } : roots;
  }
  if (leftMs > leafMs && !isAcknowledged(bundleOf(roots))) return roots;
  const until = new Date(Math.min(time.getTime() + leafMs, validToDate.getTime())).toISOString();
  return { active: next, old: { certificate: active.certificate, until } };
}
