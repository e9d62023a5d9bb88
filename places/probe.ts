/** One request that a caller sends. */
export type Probe =
  | { kind: 'http'; url: string; method?: string; headers?: Record<string, string>; body?: string }
  /** Opens a TCP connection, sends `hex`, and waits for the first bytes. */
  | { kind: 'tcp'; host: string; port: number; hex: string }
  /** TLS without a client certificate, and then an HTTP request. */
  | { kind: 'tls'; host: string; port: number };

/** The result of a probe. */
export interface Outcome {
  /** HTTP status; 0 where there was none. */
  status: number;
  /** `answered`, `closed` (an orderly end without data), or an error's code such as ECONNRESET. */
  end: string;
  /** The first 2,000 characters of the answer. */
  text: string;
  /** The subject alternative name of the server's certificate. */
  san: string;
  ms: number;
}

/** PostgreSQL's SSLRequest: any server answers it with one byte, S or N. */
export const SSL_REQUEST = '0000000804d2162f';

/**
 * The program that runs probes, for Node's stdin: a module that reads them from the environment variable PROBES, runs ten
 * at a time, and prints the outcomes as JSON. It needs nothing but Node, so it runs in any of the shop's containers.
 */
export const PROBE_PROGRAM = String.raw`
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
const LIMIT = 5000;
const nothing = { status: 0, end: 'answered', text: '', san: '' };

async function http({ url, method = 'GET', headers, body }) {
  try {
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(LIMIT), redirect: 'manual' });
    return { ...nothing, status: response.status, text: (await response.text()).slice(0, 2000) };
  } catch (error) {
    return { ...nothing, end: error.cause?.code ?? error.code ?? error.name };
  }
}

const speak = (socket, { ready, first, san }) => new Promise((resolve) => {
  let text = '';
  const done = (end) => (socket.destroy(), resolve({ ...nothing, end, text: text.slice(0, 2000), san: san?.() ?? '' }));
  socket.setTimeout(LIMIT, () => done('ETIMEDOUT'));
  socket.once(ready, () => socket.write(first));
  socket.once('data', (chunk) => ((text = chunk.toString('latin1')), done('answered')));
  socket.once('end', () => done('closed'));
  socket.once('error', (error) => done(error.code ?? error.message));
});
const tcp = ({ host, port, hex }) => speak(connect(port, host), { ready: 'connect', first: Buffer.from(hex, 'hex') });
function tls({ host, port }) {
  let san = '';
  const socket = connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: ['istio', 'http/1.1'] });
  socket.once('secureConnect', () => (san = socket.getPeerCertificate().subjectaltname ?? ''));
  return speak(socket, { ready: 'secureConnect', first: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', san: () => san });
}

const probes = JSON.parse(process.env.PROBES);
const outcomes = [];
let next = 0;
await Promise.all(Array.from({ length: 10 }, async () => {
  for (let at = next++; at < probes.length; at = next++) {
    const start = performance.now();
    outcomes[at] = { ...(await { http, tcp, tls }[probes[at].kind](probes[at])), ms: performance.now() - start };
  }
}));
// A pipe takes 64 KiB at once: an exit before the rest is written would lose it.
process.stdout.write(JSON.stringify(outcomes), () => process.exit());
`;
