import type { Http2Server, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';

/** One bidirectional stream of a gRPC method: whole messages in both directions. */
export interface Call {
  /** Sends a message; does nothing once the stream is closed. */
  send(message: Uint8Array): void;
  end(): void;
  /** Ends the stream of a client that is not understood. */
  abort(): void;
  /** Calls `listen` for each message of the client, in their order. */
  onMessage(listen: (message: Buffer) => void): void;
  onClose(listen: () => void): void;
}

/** Source: grpc.github.io, Statuscodes: UNIMPLEMENTED, a method that the server does not have. */
const UNIMPLEMENTED = '12';
/** With HTTP/2's default window of 64 KB a request that carries Envoy's description of itself would pause halfway. */
export const STREAM_WINDOW = 1 << 20;
/** A byte that says whether the message is compressed, and its length in four bytes. */
const PREFIX_BYTES = 5;
const HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/**
 * Serves one gRPC method over an HTTP/2 server; every other path is UNIMPLEMENTED. Source: grpc/grpc doc/PROTOCOL-HTTP2.md.
 * @param path as in `:path`, `/package.Service/Method`
 * @returns the open sessions, for the end of the server
 */
export function serveMethod(server: Http2Server, path: string, open: (call: Call) => void): Set<ServerHttp2Session> {
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => session.destroy());
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy());
    if (headers[':path'] !== path) {
      stream.respond({ ...HEADERS, 'grpc-status': UNIMPLEMENTED }, { endStream: true });
      return;
    }
    stream.respond(HEADERS, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    open(callOf(stream));
  });
  return sessions;
}

function callOf(stream: ServerHttp2Stream): Call {
  return {
    send(message) {
      if (stream.closed || stream.destroyed) return;
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.writeUInt32BE(message.length, 1);
      stream.write(Buffer.concat([prefix, message]));
    },
    end: () => void stream.end(),
    abort: () => void stream.destroy(),
    onMessage(listen) {
      let rest: Buffer = Buffer.alloc(0);
      stream.on('data', (chunk: Buffer) => {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        for (let end = endOf(rest); end <= rest.length; end = endOf(rest)) {
          const message = rest.subarray(PREFIX_BYTES, end);
          rest = rest.subarray(end);
          listen(message);
        }
      });
      stream.once('end', () => stream.end());
    },
    onClose: (listen) => void stream.once('close', listen),
  };
}

/** Where the first message ends; beyond the bytes where its length has not arrived. */
function endOf(bytes: Buffer): number {
  return bytes.length < PREFIX_BYTES ? PREFIX_BYTES : PREFIX_BYTES + bytes.readUInt32BE(1);
}
