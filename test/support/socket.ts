import { request } from 'node:http';

/** One JSON request, e.g. `GET /status`, to the runner's unix socket. Gives undefined for 404; throws with the answer's text for other failures. */
export function ask<T>(socketPath: string, question: string, body?: unknown): Promise<T | undefined> {
  const [method = 'GET', path = '/'] = question.split(' ');
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        if (status === 404) resolve(undefined);
        else if (status >= 400) reject(new Error(`${method} ${path}: ${status} ${text}`));
        else resolve(text ? (JSON.parse(text) as T) : undefined);
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
