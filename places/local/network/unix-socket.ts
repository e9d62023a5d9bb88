import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { sendRequest } from './request.ts';

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
  const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), connection: 'close' };
  const timeout = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  return sendRequest(
    { socketPath, method, path, headers, ...timeout },
    body === undefined ? undefined : JSON.stringify(body),
  );
}

/** Sends one HTTP request to a unix socket and gives the whole answer. Rejects as `openSocket` does, and when the connection breaks before the end. */
export async function askSocket(
  socketPath: string,
  question: SocketRequest,
): Promise<{ status: number; text: string }> {
  const answer = await openSocket(socketPath, question);
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}
