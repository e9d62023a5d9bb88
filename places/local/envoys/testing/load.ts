import { Agent, request } from 'node:http';

/** What a request came to: a status, with who answered, or what broke. */
export type Outcome = string;

/** One request: `200 v1`, `503 no healthy upstream`, `ECONNRESET`. */
export function call(port: number, headers: Record<string, string> = {}, agent?: Agent): Promise<Outcome> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, headers, ...(agent ? { agent } : {}) }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve(`${response.statusCode} ${body}`));
      response.on('error', (error) => resolve(error.message));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}

/** So many callers, each one request after the other over its own connection, until `stop`, which gives all outcomes. */
export function startLoad(port: number, callers: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const outcomes: Outcome[] = [];
  let over = false;
  async function work(): Promise<void> {
    while (!over) outcomes.push(await call(port, {}, agent));
  }
  const workers = Array.from({ length: callers }, work);
  return {
    outcomes,
    async stop(): Promise<Outcome[]> {
      over = true;
      await Promise.all(workers);
      agent.destroy();
      return outcomes;
    },
  };
}
