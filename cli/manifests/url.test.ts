import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isUrl, readUrl } from './url.ts';

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.dispose]: () => (server.closeAllConnections(), void server.close()) };
}

test('When a manifest lies on a server, then its text is read', async () => {
  using server = await serve((_request, response) => response.end('kind: List'));
  expect([isUrl(server.url), isUrl('http.yaml')]).toEqual([true, false]);
  expect(await readUrl(`${server.url}/a.yaml`)).toBe('kind: List');
});

test('When a server does not have it, or it is no text, or does not end, or no server answers, then one sentence says so', async () => {
  using server = await serve(({ url }, response) =>
    url === '/image' ? response.end(Buffer.from([0xff, 0xfe])) : response.writeHead(404).end(),
  );
  const failure = (path: string) => readUrl(path).catch(({ message }: Error) => message);
  expect(await failure(`${server.url}/a.yaml`)).toBe(
    `${server.url}/a.yaml: cannot be fetched: the server answered 404 Not Found. Nothing was changed.`,
  );
  expect(await failure(`${server.url}/image`)).toMatch(/image: cannot be fetched: it is not UTF-8 text\. Nothing/);
  using endless = await serve((_request, response) => {
    const send = () => void response.write('#'.repeat(100_000), send);
    send();
  });
  expect(await failure(endless.url)).toMatch(/cannot be fetched: the server sends more than 3 MiB\. Nothing/);
  const gone = await serve(() => undefined);
  gone[Symbol.dispose]();
  expect(await failure(gone.url)).toMatch(/cannot be fetched: .*ECONNREFUSED.*\. Nothing was changed\.$/);
});
