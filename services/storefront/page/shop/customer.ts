import type { Api } from './api.ts';
import type { PurchaseRequest } from './purchase.ts';
import type { Answer } from './types.ts';

/** Who buys, as the last session said. The token itself is in a cookie that scripts cannot read. */
export interface Session {
  customer: string;
  /** Names that this customer may take instead. */
  demoCustomers: readonly string[];
  /** Milliseconds from its start until it should be renewed: an hour before its end. */
  renewAfterMs: number;
  /** Whether a mesh writes the customer into each request. Without one the page itself says who buys. */
  isVerified: boolean;
}

const HOUR_SECONDS = 3_600;

/** The session in an answer; undefined for any other answer. */
export function sessionOf({ status, body }: Answer): Session | undefined {
  const { customer, demoCustomers = [], expiresIn = 0, servedBy } = body;
  if (status !== 201 || customer === undefined) return undefined;
  const renewAfterMs = Math.max(0, expiresIn - HOUR_SECONDS) * 1_000;
  return { customer, demoCustomers, renewAfterMs, isVerified: Boolean(servedBy?.peer) };
}

const isRefused = ({ status }: Answer) => status === 401 || status === 403;

/** The customer at the page; `onSession` gets each new session. */
export function createCustomer(api: Api, onSession: (session: Session) => void) {
  let session: Session | undefined;

  let renewing: Promise<void> | undefined;

  /** Renews the session; several who need that at once share one. */
  function renew(): Promise<void> {
    return (renewing ??= openSession().finally(() => (renewing = undefined)));
  }

  /** A session of a demo customer, or, without a name, of whoever has the cookie. */
  async function openSession(demoCustomer?: string): Promise<void> {
    let answer = await api.openSession(demoCustomer);
    if (isRefused(answer)) {
      // The gateway refuses whatever comes with a token that is not valid any more. Only the server can remove the cookie.
      await api.signOut();
      answer = await api.openSession(demoCustomer);
    }
    const opened = sessionOf(answer);
    if (opened) onSession((session = opened));
  }

  async function becomeSomeoneNew(): Promise<void> {
    await api.signOut();
    await renew();
  }

  const headers = (): Record<string, string> =>
    session && !session.isVerified ? { 'x-customer-id': session.customer } : {};

  /** Asks the shop; where the session has ended, once more with a new one. A cookie that is refused is refused everywhere. */
  async function ask(question: () => Promise<Answer>): Promise<Answer> {
    const answer = await question();
    if (!isRefused(answer)) return answer;
    await renew();
    return question();
  }

  async function checkOut(request: PurchaseRequest): Promise<Answer> {
    if (!session) await renew();
    return ask(() => api.checkout(request, headers()));
  }

  return { renew, become: openSession, becomeSomeoneNew, checkOut, ask };
}
