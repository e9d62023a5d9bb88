import type { Agent } from 'undici';
import type { RequestTemplate } from './request.ts';

/** One entry of `servedBy` and `hops` in a service's answer. */
export interface Hop {
  service: string;
  version: string;
  pod: string;
  peer: string | null;
}

/** The result of one request. */
export interface Outcome {
  ms: number;
  /** 0 where there was no answer. */
  status: number;
  /** An HTTP status or error code; undefined where the request succeeded. */
  failure?: string;
  hops: Hop[];
}

/** One run of requests. */
export interface Load {
  url: string;
  recipe: RequestTemplate;
  requests: number;
  concurrency: number;
  onDone?(done: number): void;
}

/** Sends requests, `concurrency` at a time, over as many connections. Failures are outcomes, never thrown. */
export async function sendLoad({ url, recipe, requests, concurrency, onDone }: Load): Promise<Outcome[]> {
  // Loaded here, not at the top: no other command speaks HTTP to the shop.
  const { Agent } = await import('undici');
  const dispatcher = new Agent({ connections: concurrency, headersTimeout: 10_000, bodyTimeout: 10_000 });
  const outcomes: Outcome[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < requests) {
      outcomes.push(await sendOne(dispatcher, { url, recipe, index: next++ }));
      onDone?.(outcomes.length);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, requests) }, work));
  await dispatcher.close();
  return outcomes;
}

async function sendOne(
  dispatcher: Agent,
  { url, recipe, index }: { url: string; recipe: RequestTemplate; index: number },
): Promise<Outcome> {
  const { method, path, body = null } = recipe;
  const { origin } = new URL(url);
  const start = performance.now();
  try {
    const answer = await dispatcher.request({ origin, method, path, headers: recipe.headers(index), body });
    const text = await answer.body.text();
    const ms = performance.now() - start;
    const right = answer.statusCode === recipe.status;
    return { ms, status: answer.statusCode, hops: hopsOf(text), ...(right ? {} : { failure: `${answer.statusCode}` }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ms: performance.now() - start, status: 0, hops: [], failure: code ?? message };
  }
}

/** `servedBy` of the answer and the hops behind it. */
function hopsOf(text: string): Hop[] {
  try {
    const { servedBy, hops = [] } = JSON.parse(text) as { servedBy?: Hop; hops?: Hop[] };
    return [...(servedBy === undefined ? [] : [servedBy]), ...hops];
  } catch {
    return [];
  }
}
