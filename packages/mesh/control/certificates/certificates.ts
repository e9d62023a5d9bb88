import type { Authority, Certificate } from './authority.ts';

interface CertificatesOptions {
  authority: Authority;
  /** Whether every proxy has acknowledged these trusted roots. */
  isAcknowledged(bundle: string): boolean;
  /** Called when a certificate was issued for the first time, or renewed, and when the trusted roots have changed. */
  onChange(): void;
  /** How often to check whether one is due, or a step of the root's rotation. Milliseconds. */
  checkMs?: number;
  now?: () => number;
}

/** One certificate for each identity, shared by all its pods and renewed at half of its lifetime, or when another root signs. */
interface Certificates {
  /** Undefined while it is being issued; the first call for an identity starts that. */
  of(identity: string): Certificate | undefined;
  /** Forgets the certificates of all other identities. */
  keep(identities: ReadonlySet<string>): void;
  /** True while a first certificate is being issued. */
  isPending(): boolean;
  /** Resolves when nothing is being saved any more. */
  stop(): Promise<void>;
}

// Many short checks of the clock instead of one long timer: timers stop while a laptop sleeps, lifetimes do not.
const CHECK_MS = 30_000;

/** Certificates are in memory only and are issued anew at every start. A failed attempt is repeated at the next check. */
export function createCertificates(options: CertificatesOptions): Certificates {
  const { authority, isAcknowledged, onChange, checkMs = CHECK_MS, now = Date.now } = options;
  const issued = new Map<string, Certificate | undefined>();
  const pending = new Set<string>();
  let lastCheck: Promise<void> | undefined;
  let isStopped = false;

  async function issue(identity: string): Promise<void> {
    if (pending.has(identity)) return;
    pending.add(identity);
    const certificate = await authority.issue(identity).catch(() => undefined);
    pending.delete(identity);
    if (certificate === undefined || !issued.has(identity)) return;
    issued.set(identity, certificate);
    onChange();
  }

  const isDue = (certificate: Certificate) =>
    certificate.root !== authority.active() || now() >= halfLifeOf(certificate);

  function renewDue(): void {
    for (const [identity, certificate] of issued) {
      if (certificate === undefined || isDue(certificate)) void issue(identity);
    }
  }

  async function check(): Promise<void> {
    const bundle = authority.bundle();
    const step = authority.rotate(isAcknowledged).catch(() => undefined);
    // Not after the step: a busy disk can take longer to save roots than a certificate has left.
    renewDue();
    await step;
    if (!isStopped && authority.bundle() !== bundle) onChange();
    renewDue();
  }

  const timer = setInterval(() => {
    lastCheck = check();
  }, checkMs);
  timer.unref();

  return {
    of(identity) {
      const certificate = issued.get(identity);
      if (certificate === undefined) {
        issued.set(identity, undefined);
        void issue(identity);
      }
      return certificate;
    },
    keep(identities) {
      for (const identity of issued.keys()) if (!identities.has(identity)) issued.delete(identity);
    },
    isPending: () => [...issued.values()].includes(undefined),
    async stop() {
      isStopped = true;
      clearInterval(timer);
      issued.clear();
      await lastCheck;
    },
  };
}

function halfLifeOf({ notBefore, notAfter }: Certificate): number {
  return (notBefore.getTime() + notAfter.getTime()) / 2;
}
