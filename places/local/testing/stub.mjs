// A small program in the place of a service: tests of the runner start it as `stub.local/app`.
import { env } from 'node:process';
import { createServer, get } from 'node:http';
import { text } from 'node:stream/consumers';

let isHealthy = true;
const answers = {
  '/healthz': () => ({}),
  '/who': () => ({ pod: env.POD_NAME, version: env.SERVICE_VERSION, pid: process.pid }),
  '/env': (query) => ({ value: env[query.get('name')] }),
  // A connection for each call: a kept one would stay with its pod, as it does in a cluster.
  '/call': (query) =>
    new Promise((resolve) => {
      const sent = get(query.get('url'), { agent: false }, async (answer) =>
        resolve({ status: answer.statusCode, body: await text(answer) }),
      );
      sent.on('error', ({ code }) => resolve({ code }));
    }),
  '/sick': () => ((isHealthy = false), {}),
  '/exit': () => (setImmediate(() => process.exit(3)), {}),
};

const server = createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://stub');
  const isRefused = !(pathname in answers) || (pathname === '/healthz' && !isHealthy);
  const body = isRefused ? {} : await answers[pathname](searchParams);
  res.writeHead(isRefused ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(8080, () => process.stdout.write(`listening on ${server.address().port}\n`));
process.on('SIGTERM', () => {
  process.stdout.write('asked to stop\n');
  if (env.STUBBORN) return;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
