import { fromBinary, fromJson, toBinary, type JsonValue } from '@bufbuild/protobuf';
import { once } from 'node:events';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { promisify } from 'node:util';
import { descriptorOf } from '../../../envoy/encoding/testing/reference.ts';

/** A DeltaDiscoveryRequest in the JSON of protobuf. */
export interface RequestJson {
  node?: { id: string };
  typeUrl?: string;
  resourceNamesSubscribe?: string[];
  resourceNamesUnsubscribe?: string[];
  initialResourceVersions?: Record<string, string>;
  responseNonce?: string;
  errorDetail?: { code: number; message: string };
}

/** A DeltaDiscoveryResponse, as @bufbuild/protobuf reads it. */
export interface Received {
  typeUrl: string;
  nonce: string;
  removed: string[];
  resources: { name: string; version: string; typeUrl: string; bytes: Uint8Array }[];
}

/** A stream of the client. */
export interface GrpcStream {
  /** Sends a request as one message. */
  send(request: RequestJson): void;
  /** Sends these bytes as they are, and waits until the server has them. */
  write(bytes: Uint8Array): Promise<void>;
  /** The next response; waits for it. Undefined when the stream has ended. */
  next(): Promise<Received | undefined>;
  /** The headers of the answer; waits for them. */
  headers(): Promise<IncomingHttpHeaders>;
  close(): void;
  isClosed(): boolean;
}

export interface GrpcClient {
  /** A new stream of this method, over the same connection. */
  open(path?: string): GrpcStream;
  /** Waits until the server has read everything that was sent before. */
  ping(): Promise<void>;
  isClosed(): boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

const METHOD = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
const PACKAGE = 'envoy.service.discovery.v3';
const REQUEST = descriptorOf(`${PACKAGE}.DeltaDiscoveryRequest`);
const RESPONSE = descriptorOf(`${PACKAGE}.DeltaDiscoveryResponse`);
const PREFIX_BYTES = 5;

/** The bytes of a request with the prefix of gRPC: not compressed, and its length. */
export function framed(request: RequestJson | Uint8Array): Buffer {
  const isBytes = request instanceof Uint8Array;
  const message = isBytes ? request : toBinary(REQUEST, fromJson(REQUEST, request as unknown as JsonValue));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Connects to the xDS server behind a unix socket, with nothing of the server's own code. */
export async function connectGrpc(socket: string): Promise<GrpcClient> {
  // A URL cannot contain the path of a unix socket.
  const session = connect('http://xds', { createConnection: () => connectSocket(socket) });
  session.on('error', () => undefined);
  await once(session, 'connect');
  const ping = promisify((done: (error: Error | null) => void) => void session.ping(done));
  return {
    open: (path = METHOD) => openStream(session, path, ping),
    ping,
    isClosed: () => session.destroyed,
    async [Symbol.asyncDispose]() {
      if (session.destroyed) return;
      session.destroy();
      await once(session, 'close');
    },
  };
}

function openStream(session: ClientHttp2Session, path: string, ping: () => Promise<void>): GrpcStream {
  const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
  stream.on('error', () => undefined);
  const headers = once(stream, 'response').then(([first]) => first as IncomingHttpHeaders);
  const messages = messagesOf(stream);
  return {
    send: (request) => void stream.write(framed(request)),
    async write(bytes) {
      stream.write(bytes);
      await ping();
    },
    async next() {
      const { value } = await messages.next();
      return value && received(value);
    },
    headers: () => headers,
    close: () => stream.close(),
    isClosed: () => stream.closed,
  };
}

async function* messagesOf(stream: ClientHttp2Stream): AsyncGenerator<Buffer, undefined> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      while (bytes.length >= PREFIX_BYTES && bytes.length >= PREFIX_BYTES + bytes.readUInt32BE(1)) {
        const end = PREFIX_BYTES + bytes.readUInt32BE(1);
        yield bytes.subarray(PREFIX_BYTES, end);
        bytes = bytes.subarray(end);
      }
    }
  } catch {
    // The server has reset the stream.
  }
  return undefined;
}

interface ResponseFields {
  typeUrl: string;
  nonce: string;
  removedResources: string[];
  resources: { name: string; version: string; resource: { typeUrl: string; value: Uint8Array } }[];
}

function received(bytes: Uint8Array): Received {
  const { typeUrl, nonce, removedResources, resources } = fromBinary(RESPONSE, bytes) as unknown as ResponseFields;
  return {
    typeUrl,
    nonce,
    removed: removedResources,
    resources: resources.map(({ name, version, resource: { typeUrl: url, value } }) => ({
      name,
      version,
      typeUrl: url,
      bytes: value,
    })),
  };
}
