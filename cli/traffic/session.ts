import { Failure } from '../../places/failure.ts';
import { post } from './post.ts';

const JSON_BODY = { 'content-type': 'application/json' };

/** What storefront answers to `POST /api/session`, as far as it is read. */
interface Session {
  customer: string;
  token: string;
  servedBy: { peer: string | null };
}

/**
 * Becomes a customer of the shop at `url`: a new one, or the demo customer of that name. Gives the headers of this customer's
 * requests: the token, or, where no mesh verifies tokens, the customer's name. Throws Failure where the shop gives no session.
 */
export async function openSession(url: string, customer?: string): Promise<Record<string, string>> {
  const [headers, body] = customer === undefined ? [{}] : [JSON_BODY, JSON.stringify({ customer })];
  const { status, text } = await post(`${url}/api/session`, headers, body).catch((error: Error) => {
    throw new Failure(`error: the shop gave no session: ${error.message}`);
  });
  if (status !== 201) throw new Failure(`error: the shop gave no session: ${detailOf(text) ?? status}`);
  const session = JSON.parse(text) as Session;
  return session.servedBy.peer === null
    ? { 'x-customer-id': session.customer }
    : { authorization: `Bearer ${session.token}` };
}

function detailOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
