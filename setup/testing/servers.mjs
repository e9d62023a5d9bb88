import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** A server on a free port of 127.0.0.1, and its address. @param {import('node:http').RequestListener} answer */
async function serve(answer) {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => (server.closeAllConnections(), server.close());
  return { server, host: `127.0.0.1:${port}`, close };
}

/** A proxy that answers 407 to all. */
export async function strictProxy() {
  const proxy = await serve((_request, response) => void response.writeHead(407).end());
  proxy.server.on('connect', (_request, socket) => {
    socket.on('error', () => {}).on('end', () => socket.end());
    // The client closes: one that still writes when this end has closed reports EPIPE in place of the answer.
    socket.resume().write('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  return proxy;
}

/**
 * An npm registry that has each package in version 1.0.0, as one tarball; `downloads` counts it.
 * @param {Buffer} tarball
 * @param {string} [integrity] what the registry says of it
 */
export async function registryOf(tarball, integrity = integrityOf(tarball)) {
  let downloads = 0;
  const registry = await serve(({ url = '', headers }, response) => {
    if (url.endsWith('.tgz')) return void (downloads++, response.end(tarball));
    const name = decodeURIComponent(url.slice(1));
    const dist = { tarball: `http://${headers.host}/${name}/-/x.tgz`, integrity };
    const versions = { '1.0.0': { name, version: '1.0.0', dist } };
    response.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  return { ...registry, downloads: () => downloads };
}

/** npm's checksum. @param {Buffer} tarball */
export const integrityOf = (tarball) => `sha512-${createHash('sha512').update(tarball).digest('base64')}`;

/** An address on which nothing listens. */
export async function closedPort() {
  const { host, close } = await serve(() => {});
  close();
  return host;
}
