import type { Authority, Certificate } from './authority.ts';

export interface CertificatesOptions {
  authority: Pick<Authority, 'issue'>;
  /** A certificate that was asked for has come, or a new one took its place. */
  onChange(): void;
  /** How often to look whether one is due. Milliseconds. */
  checkMs?: number;
  now?: () => number;
}

/** One certificate an identity, shared by all its pods and replaced at half of its life. */
export interface Certificates {
  /** Undefined while it is being issued; the first call starts that. */
  of(identity: string): Certificate | undefined;
  /** Lets go of everybody else's. */
  keep(identities: ReadonlySet<string>): void;
  /** Whether one is being issued that somebody waits for. */
  isPending(): boolean;
  stop(): void;
}

// Looked up by the clock, not by one long timer: timers stand still while a laptop sleeps, and certificates go on ageing.
const CHECK_MS = 30_000;

/** Certificates in memory only: they are issued anew at every start. A failure to issue is tried again at the next look. */
export function createCertificates(options: CertificatesOptions): Certificates {
  const { authority, onChange, checkMs = CHECK_MS, now = Date.now } = options;
  const issued = new Map<string, Certificate | undefined>();
  const pending = new Set<string>();

  async function issue(identity: string): Promise<void> {
    if (pending.has(identity)) return;
    pending.add(identity);
    const certificate = await authority.issue(identity).catch(() => undefined);
    pending.delete(identity);
    if (certificate === undefined || !issued.has(identity)) return;
    issued.set(identity, certificate);
    onChange();
  }

  const timer = setInterval(() => {
    for (const [identity, certificate] of issued) {
      if (certificate === undefined || now() >= halfLifeOf(certificate)) void issue(identity);
    }
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
    stop() {
      clearInterval(timer);
      issued.clear();
    },
  };
}

function halfLifeOf({ notBefore, notAfter }: Certificate): number {
  return (notBefore.getTime() + notAfter.getTime()) / 2;
}
