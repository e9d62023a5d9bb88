import { text } from 'node:stream/consumers';
import { sendRequest } from '../../places/local/network/request.ts';

/** The status of an answer and its body. */
export interface Posted {
  status: number;
  text: string;
}

/** Sends one POST to a URL. Rejects with the system's error, or after 10 s without the whole answer. */
export async function post(url: string, headers: Record<string, string>, body = ''): Promise<Posted> {
  const { protocol, hostname, port, pathname: path } = new URL(url);
  const signal = AbortSignal.timeout(10_000);
  const answer = await sendRequest({ protocol, hostname, port, path, method: 'POST', headers, signal }, body);
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}
