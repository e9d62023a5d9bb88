import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, Response } from 'express';
import { Problem, type ProblemCode, problemText } from './errors.ts';
import { log } from './log.ts';
import { answerInstead } from './request-context.ts';

/** What Node's errors mean to a client. All others of the parser are malformed-request. */
const CODES: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
};

/**
 * Answers what Node's parser refuses with problem+json, which Node would answer with a bare status line, closes its
 * connection, and logs it; `count` gets the status. Such a request reaches no handler. Where it is the body that is refused,
 * the request has reached one: then its answer is this problem, and it is counted and logged as every request.
 */
export function answerClientErrors(server: Server, count: (status: number) => void): void {
  const latest = new WeakMap<Duplex, Response>();
  server.prependListener('request', (_req, res: ServerResponse) => latest.set(res.socket!, res as Response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const res = latest.get(socket);
    const problem = new Problem(CODES[error.code ?? ''] ?? 'malformed-request', { cause: error });
    if (!socket.writable || error.code === 'ECONNRESET' || (res?.headersSent && !res.writableEnded))
      return void socket.destroy();
    if (res && !res.headersSent) return answerInstead(res.req as Request, res, problem);
    count(problem.status);
    log().warn({ status: problem.status, reason: error.code }, 'request refused');
    socket.end(rawAnswer(problem));
  });
}

function rawAnswer(problem: Problem): string {
  const body = problemText(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${process.getBuiltinModule('node:http').STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
