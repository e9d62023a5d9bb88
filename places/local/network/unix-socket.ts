import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { request } = process.getBuiltinModule('node:http');

export interface SocketRequest {
  method: string;
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Longest time without data, in ms; no limit where it is left out. */
  timeoutMs?: number;
}

/** Sends one HTTP request to a unix socket, on a connection of its own, and gives the answer before its body. Rejects with the system's error, or after `timeoutMs` without data. */
export function openSocket(
  socketPath: string,
  { method, path, body, timeoutMs }: SocketRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), connection: 'close' };
    const timeout = timeoutMs === undefined ? {} : { timeout: timeoutMs };
    // Node's shared agent ends a request after five seconds without data; an agent of its own does not.
    const sent = request({ socketPath, method, path, headers, agent: false, ...timeout }, resolve);
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Sends one HTTP request to a unix socket and gives the whole answer. Rejects as `openSocket` does, and when the connection breaks before the end. */
export async function askSocket(
  socketPath: string,
  question: SocketRequest,
): Promise<{ status: number; text: string }> {
  const answer = await openSocket(socketPath, question);
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}
