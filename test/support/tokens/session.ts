import { Agent } from 'undici';
import { type Answer, send } from '../customer.ts';

/** What storefront answers to `POST /api/session`. */
export interface Session {
  customer: string;
  token: string;
}

/** Without keep-alive: a connection that was open before a change serves its next request still as before. */
const FRESH = { dispatcher: new Agent({ pipelining: 0 }) };

/** Asks for a session, of a demo customer where one is named. Throws for an answer that is none. */
export async function openSession(
  url: string,
  headers: Record<string, string> = {},
  customer?: string,
): Promise<Session> {
  const [body, type] = customer === undefined ? ['', {}] : [JSON.stringify({ customer }), JSON_BODY];
  const answer = await send(`${url}/api/session`, { ...FRESH, method: 'POST', headers: { ...type, ...headers }, body });
  if (answer.status !== 201) throw new Error(`POST /api/session: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as Session;
}

const JSON_BODY = { 'content-type': 'application/json' };

/** The header of requests with a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Reads a path on a connection of its own. */
export const look = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(url, { ...FRESH, headers });
