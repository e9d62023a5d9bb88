import { type IncomingMessage, request } from 'node:http';

export interface SocketRequest {
  method: string;
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Longest silence, in ms; without it the answer may take as long as it wants. */
  timeoutMs?: number;
}

/** Sends one HTTP request to a unix socket, on a connection of its own, and gives the answer before its body. Rejects with the system's error, or after the longest silence. */
export function openSocket(
  socketPath: string,
  { method, path, body, timeoutMs }: SocketRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), connection: 'close' };
    const timeout = timeoutMs === undefined ? {} : { timeout: timeoutMs };
    const sent = request({ socketPath, method, path, headers, ...timeout }, resolve);
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The body of an answer. Rejects when the connection breaks before its end. */
export async function readBody(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return text;
}

/** Sends one HTTP request to a unix socket and gives the whole answer. Rejects as `openSocket` and `readBody` do. */
export async function askSocket(
  socketPath: string,
  question: SocketRequest,
): Promise<{ status: number; text: string }> {
  const answer = await openSocket(socketPath, question);
  return { status: answer.statusCode ?? 0, text: await readBody(answer) };
}
