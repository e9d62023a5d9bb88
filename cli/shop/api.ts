import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { type SocketRequest, askSocket, openSocket } from '../../places/local/network/unix-socket.ts';
import { Failure } from '../../places/failure.ts';
import { apiSocket } from '../../places/local/processes/api-socket.ts';

/** No runner listens on the socket. */
export class NotRunning extends Failure {
  constructor() {
    super('The shop is not running. Start it with: npm start');
  }
}

/** Parameters of a URL; those that are undefined are left out. */
export type Query = Record<string, string | undefined>;

/** How long the shop may say nothing, in ms: to a question; and to a change, which may wait for pods to end. */
const ANSWER_MS = 30_000;
const CHANGE_MS = 10 * 60_000;

/**
 * Requests to the running shop over its unix socket. Every call throws NotRunning where no shop listens, and Failure where it
 * says nothing for half a minute, or ten minutes (`limitMs`, in ms) after a POST.
 */
export interface Api {
  /** Gives undefined for 404; throws Failure with the runner's sentence for other errors. */
  find<T>(path: string, query?: Query): Promise<T | undefined>;
  /** Like `find`, but 404 is a Failure too. */
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown, limitMs?: number): Promise<T>;
  /** Passes on the text of an answer piece by piece, until the answer ends. */
  stream(path: string, query: Query, onText: (text: string) => void): Promise<void>;
}

/** Talks to the socket in the state folder; the folder is read at each call, because `--state` may name another. */
export function createApi(stateFolder: () => string, { answerMs = ANSWER_MS } = {}): Api {
  const socketPath = () => apiSocket(stateFolder());

  function send(question: SocketRequest): Promise<{ status: number; text: string }> {
    return askSocket(socketPath(), question).catch((error: Error) => {
      if (!error.message.startsWith('no answer within')) return absent(error);
      throw new Failure(
        `The shop says nothing: ${error.message}. Look at its terminal, or end its process, whose pid is in ${join(stateFolder(), 'runner.json')}, and start it again.`,
      );
    });
  }

  async function find<T>(path: string, query: Query = {}): Promise<T | undefined> {
    const { status, text } = await send({ method: 'GET', path: withQuery(path, query), timeoutMs: answerMs });
    if (status === 404) return undefined;
    if (status >= 400) throw failureOf(status, text);
    return JSON.parse(text) as T;
  }

  return {
    find,
    async get<T>(path: string, query?: Query) {
      const found = await find<T>(path, query);
      if (found === undefined) throw new Failure(`error: the running shop does not know ${path}`);
      return found;
    },
    async post<T>(path: string, body?: unknown, limitMs = CHANGE_MS) {
      const { status, text } = await send({ method: 'POST', path, body, timeoutMs: limitMs });
      if (status >= 400) throw failureOf(status, text);
      return (text === '' ? {} : JSON.parse(text)) as T;
    },
    async stream(path, query, onText) {
      const answer = await openSocket(socketPath(), { method: 'GET', path: withQuery(path, query) }).catch(absent);
      if ((answer.statusCode ?? 0) >= 400) throw failureOf(answer.statusCode ?? 0, await text(answer));
      answer.setEncoding('utf8');
      answer.on('data', onText);
      await new Promise((resolve) => answer.once('close', resolve));
    },
  };
}

/** Throws NotRunning where no runner listens. */
function absent(error: NodeJS.ErrnoException): never {
  throw isAbsence(error) ? new NotRunning() : error;
}

// A killed runner leaves a socket file without a listener; a runner that is ending resets the connection.
const ABSENCE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const isAbsence = ({ code = '' }: NodeJS.ErrnoException): boolean => ABSENCE.has(code);

function failureOf(status: number, text: string): Failure {
  try {
    const { error } = JSON.parse(text) as { error?: string };
    if (error) return new Failure(error);
  } catch {
    // The answer is no JSON: only its status is known.
  }
  return new Failure(`error: the running shop answered ${status}`);
}

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
