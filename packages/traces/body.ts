import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { BadSpans } from './span.ts';

const gunzip = promisify(gunzipWithCallback);

/** The largest body in bytes, compressed or not: ten times what any exporter of the shop sends at once. */
export const BODY_LIMIT = 8 * 1024 * 1024;

/** A body over BODY_LIMIT, before or after decompression. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A content encoding other than gzip. */
export class UnknownEncoding extends Error {
  override readonly name = 'UnknownEncoding';
}

/** A request's whole body, decompressed. Throws TooLarge, UnknownEncoding, and BadSpans for a broken gzip body. */
export async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const encoding = (req.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') throw new UnknownEncoding(encoding);
  const body = await received(req);
  return encoding === 'gzip' ? decompressed(body) : body;
}

/** A JSON body. Throws BadSpans. */
export function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadSpans('The body is not JSON.');
  }
}

async function received(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decompressed(body: Buffer): Promise<Buffer> {
  try {
    return await gunzip(body, { maxOutputLength: BODY_LIMIT });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge();
    throw new BadSpans('The body is declared as gzip, but is not.');
  }
}
