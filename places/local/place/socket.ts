import { askSocket } from '../network/unix-socket.ts';

/** One JSON request, e.g. `GET /status`, to the runner's socket. Gives undefined for 404; throws with the answer's text for other failures. */
export async function ask<T>(socketPath: string, question: string, body?: unknown): Promise<T | undefined> {
  const [method = 'GET', path = '/'] = question.split(' ');
  const { status, text } = await askSocket(socketPath, { method, path, body });
  if (status === 404) return undefined;
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text ? (JSON.parse(text) as T) : undefined;
}
