import { chmod, rm } from 'node:fs/promises';
import { constants, createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { once } from 'node:events';
import { createClient, type Client } from './client.ts';
import { createRequestReader, type DiscoveryRequest } from './discovery-request.ts';
import { createPusher, type Pusher, type PushOptions } from './push.ts';
import { RESOURCE_TYPES, type ResourceType, type ProxyResources } from './resources.ts';

/** The xDS server, from which proxies get their resources. */
export interface Xds {
  /**
   * Brings these resources to a proxy, in an order that loses no request (createPusher). Resolves when the proxy uses all of
   * them; rejects with Rejected. A later push supersedes an earlier one, which then ends as the later one does.
   */
  push(node: string, resources: ProxyResources): Promise<void>;
  /** A proxy does not come back. A push to it that is under way resolves. */
  forget(node: string): void;
  stop(): Promise<void>;
}

interface Node {
  client: Client;
  pusher: Pusher;
}

const PATH = /^\/v3\/discovery:(\w+)$/;
/** A request has 77 KB. With HTTP/2's default windows of 64 KB each would pause for a window update, and hold up the others. */
const STREAM_WINDOW = 1 << 20;
const CONNECTION_WINDOW = 1 << 23;

/**
 * Serves xDS by REST long polling over HTTP/2 on a unix socket (0600): a request waits until there is a version that the
 * proxy does not have, also for a node without any push yet. Source: envoyproxy.io, xDS REST and gRPC protocol, "REST-JSON
 * polling subscriptions"; docs/decisions/0010.
 */
export async function serveXds(socket: string, options: PushOptions = {}): Promise<Xds> {
  const nodes = new Map<string, Node>();
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer({ settings: { initialWindowSize: STREAM_WINDOW } });

  function nodeOf(id: string): Node {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const client = createClient();
    const fresh = { client, pusher: createPusher(client, options) };
    nodes.set(id, fresh);
    return fresh;
  }

  function dropIdle(): void {
    for (const [id, { client }] of nodes) if (client.isIdle()) nodes.delete(id);
  }

  function receive(stream: ServerHttp2Stream, type: ResourceType, { node, ...rest }: DiscoveryRequest): void {
    if (stream.closed) return;
    const { client } = nodeOf(node);
    const connection = stream.session ?? stream;
    const poll = { type, ...rest, connection, reply: (body: string) => reply(stream, body) };
    // Only a stream without an error code was answered; of one that was cut the answer may be lost.
    stream.once('close', () => {
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) client.abandon(poll);
    });
    client.poll(poll);
  }

  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(CONNECTION_WINDOW);
    session.on('error', () => session.destroy());
    session.once('close', () => {
      sessions.delete(session);
      for (const { client } of nodes.values()) client.disconnect(session);
      dropIdle();
    });
    const read = createRequestReader();
    let before: Promise<unknown> = Promise.resolve();
    // In the order of sending: the acknowledgement of a cluster follows the requests for its endpoints.
    session.on('stream', (stream, headers) => {
      endOnError(stream);
      const body = bodyOf(stream);
      before = before.then(async () => {
        const type = typeOf(headers[':path']);
        const bytes = await body;
        if (bytes === undefined) return;
        const request = type === undefined ? undefined : attempt(() => read(bytes));
        if (type === undefined || request === undefined) respondWithStatus(stream, type === undefined ? 404 : 400);
        else receive(stream, type, request);
      });
    });
  });

  await rm(socket, { force: true });
  server.listen(socket);
  await once(server, 'listening');
  await chmod(socket, 0o600);

  return {
    push: (node, resources) => nodeOf(node).pusher.push(resources),
    forget(node) {
      nodes.get(node)?.pusher.stop();
      dropIdle();
    },
    async stop() {
      for (const { pusher } of nodes.values()) pusher.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const session of sessions) session.destroy();
      await closed;
    },
  };
}

function typeOf(path: string | undefined): ResourceType | undefined {
  const word = PATH.exec(path ?? '')?.[1];
  return RESOURCE_TYPES.find((type) => type === word);
}

/** A separate function, because an event listener keeps all variables of the surrounding function in memory. */
function endOnError(stream: ServerHttp2Stream): void {
  stream.on('error', () => stream.destroy());
}

/**
 * Undefined for a request that was cut off. Hundreds of streams wait for a long time, so none of them may keep a reference
 * to its body.
 */
function bodyOf(stream: ServerHttp2Stream): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => void chunks.push(chunk);
    const done = (body: Buffer | undefined) => {
      stream.off('data', take).off('end', whole).off('close', cut);
      chunks.length = 0;
      resolve(body);
    };
    const whole = () => done(Buffer.concat(chunks));
    const cut = () => done(undefined);
    stream.on('data', take).once('end', whole).once('close', cut);
  });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function reply(stream: ServerHttp2Stream, body: string): void {
  if (stream.closed || stream.destroyed) return;
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(body);
}

function respondWithStatus(stream: ServerHttp2Stream, status: number): void {
  if (stream.closed || stream.destroyed) return;
  stream.respond({ ':status': status }, { endStream: true });
}
