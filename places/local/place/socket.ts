import { type IncomingMessage, request } from 'node:http';

/** One request over a unix socket; a body is sent as JSON. Gives the answer with its body unread. Throws the socket's error, such as ENOENT or ECONNREFUSED. */
export function openRequest(options: {
  socketPath: string;
  method: string;
  path: string;
  body?: unknown;
}): Promise<IncomingMessage> {
  const { socketPath, method, path, body } = options;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const sent = request({ socketPath, method, path, headers }, resolve);
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** All of an answer's body. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return text;
}

/** One JSON request, e.g. `GET /status`, to the runner's socket. Gives undefined for 404; throws with the answer's text for other failures. */
export async function ask<T>(socketPath: string, question: string, body?: unknown): Promise<T | undefined> {
  const [method = 'GET', path = '/'] = question.split(' ');
  const answer = await openRequest({ socketPath, method, path, body });
  const text = await textOf(answer);
  const status = answer.statusCode ?? 0;
  if (status === 404) return undefined;
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text ? (JSON.parse(text) as T) : undefined;
}
