import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { Failure, NotRunning } from '../failure.ts';

export type Query = Record<string, string | undefined>;

/** The running shop, asked over its unix socket. Every call throws NotRunning where there is none. */
export interface Api {
  /** Gives undefined for 404; throws Failure with the runner's sentence for other refusals. */
  find<T>(path: string, query?: Query): Promise<T | undefined>;
  /** Like `find`, but 404 is a Failure too. */
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** Hands on the text of an answer as it comes, until it ends or `signal` says so. */
  stream(path: string, query: Query, listener: { onText(text: string): void; signal?: AbortSignal }): Promise<void>;
}

/** Talks to the socket in the state folder; the folder is read at each call, because `--state` may name another. */
export function createApi(stateFolder: () => string): Api {
  async function send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const answer = await open({ socketPath: join(stateFolder(), 'tuesday.sock'), method, path, body });
    return { status: answer.statusCode ?? 0, text: await read(answer) };
  }

  async function find<T>(path: string, query: Query = {}): Promise<T | undefined> {
    const { status, text } = await send('GET', withQuery(path, query));
    if (status === 404) return undefined;
    if (status >= 400) throw refusal(status, text);
    return JSON.parse(text) as T;
  }

  return {
    find,
    async get<T>(path: string, query?: Query) {
      const found = await find<T>(path, query);
      if (found === undefined) throw new Failure(`error: the running shop does not know ${path}`);
      return found;
    },
    async post<T>(path: string, body?: unknown) {
      const { status, text } = await send('POST', path, body);
      if (status >= 400) throw refusal(status, text);
      return (text === '' ? {} : JSON.parse(text)) as T;
    },
    async stream(path, query, { onText, signal }) {
      const socketPath = join(stateFolder(), 'tuesday.sock');
      const answer = await open({ socketPath, method: 'GET', path: withQuery(path, query) });
      if ((answer.statusCode ?? 0) >= 400) throw refusal(answer.statusCode ?? 0, await read(answer));
      signal?.addEventListener('abort', () => answer.destroy());
      answer.setEncoding('utf8');
      answer.on('data', onText);
      await new Promise((resolve) => answer.once('close', resolve));
    },
  };
}

interface Call {
  socketPath: string;
  method: string;
  path: string;
  body?: unknown;
}

function open({ socketPath, method, path, body }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const sent = request({ socketPath, method, path, headers }, resolve);
    sent.on('error', (error: NodeJS.ErrnoException) => reject(isAbsence(error) ? new NotRunning() : error));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

// A socket file without a listener is what a killed runner leaves behind; one that ends just now resets whoever asks.
const ABSENCE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const isAbsence = ({ code = '' }: NodeJS.ErrnoException): boolean => ABSENCE.has(code);

async function read(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return text;
}

function refusal(status: number, text: string): Failure {
  try {
    const { error } = JSON.parse(text) as { error?: string };
    if (error) return new Failure(error);
  } catch {
    // The answer is no JSON: its status says what can be said.
  }
  return new Failure(`error: the running shop answered ${status}`);
}

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
