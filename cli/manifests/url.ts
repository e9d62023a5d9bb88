import { Failure } from '../../places/failure.ts';

/** How long a server may take, in ms. */
const LIMIT_MS = 30_000;

/** Of an answer, in bytes: the shop reads no larger file. */
const MOST_BYTES = 3 * 1024 * 1024;

/** Whether `-f` names something to fetch. */
export function isUrl(path: string): boolean {
  return /^https?:\/\//.test(path);
}

/** The text behind a URL, as `kubectl apply -f URL` reads it. Throws Failure: no answer, an answer that is no success, more than 3 MiB, no UTF-8 text. */
export async function readUrl(url: string): Promise<string> {
  const fail = (why: string): never => {
    throw new Failure(`${url}: cannot be fetched: ${why}. Nothing was changed.`);
  };
  const answer = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) }).catch((error: Error) =>
    fail(causeOf(error)),
  );
  if (!answer.ok) fail(`the server answered ${`${answer.status} ${answer.statusText}`.trim()}`);
  const parts = await partsOf(answer, fail).catch((error: Error) => {
    throw error instanceof Failure ? error : fail(causeOf(error));
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return fail('it is not UTF-8 text');
  }
}

/** What a server sends, up to the limit: it may never end. */
async function partsOf({ body }: Response, fail: (why: string) => never): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) fail(`the server sends more than ${MOST_BYTES / 1024 / 1024} MiB`);
    parts.push(part);
  }
  return parts;
}

/** Node's fetch says "fetch failed", and why in the cause; of several attempts, only their code. */
function causeOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return `no answer within ${LIMIT_MS / 1000} s`;
  const { message: why = '', code = '' } = (cause ?? {}) as { message?: string; code?: string };
  return why || code || message;
}
