import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  type: string;
  code: unknown;
  text: string;
  ms: number;
}

interface RawRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/** Headers of a request that every operation accepts. */
const HEADERS = { host: 'shop', connection: 'close', 'x-customer-id': 'customer', 'idempotency-key': 'key' };

/** Sends one request as it is, with Content-Length unless it has a Transfer-Encoding. */
export function exchange(port: number, { method, path, headers = {}, body = '' }: RawRequest): Promise<RawAnswer> {
  const length = { 'content-length': `${Buffer.byteLength(body)}` };
  const all = { ...HEADERS, ...(!headers['transfer-encoding'] && body && length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return exchangeBytes(port, Buffer.concat([head, Buffer.from(body)]));
}

/** Sends bytes, and reads until the service closes the connection. `status` is 0 where it has sent nothing. */
export function exchangeBytes(port: number, bytes: Buffer | string): Promise<RawAnswer> {
  const start = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += chunk)).on('error', () => undefined);
    socket.on('close', () => resolve({ ...read(text), text, ms: performance.now() - start }));
  });
}

function read(text: string): Pick<RawAnswer, 'status' | 'type' | 'code'> {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const { code } = (/"code":"(?<code>[\w-]+)"/.exec(body)?.groups ?? {}) as { code?: string };
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
    type: /^content-type: ([\w/+-]+)/im.exec(head)?.[1] ?? '',
    code,
  };
}
