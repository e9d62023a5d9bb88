import { once } from 'node:events';
import { connect, type ClientHttp2Stream } from 'node:http2';
import { connect as netConnect } from 'node:net';
import type { ResourceType } from '../resources.ts';

export interface Answer {
  version_info: string;
  resources: { name?: string; cluster_name?: string; note?: string }[];
}

export interface Question {
  type: ResourceType;
  names?: readonly string[];
  version?: string;
}

/** A proxy as its control plane sees it: one HTTP/2 connection with any number of waiting requests. */
export function connectProxy(socket: string, node: string) {
  // A URL cannot contain the path of a unix socket; Envoy sends the cluster's name instead.
  const session = connect('http://xds', { createConnection: () => netConnect(socket) });
  const described = {
    id: node,
    cluster: 'shop',
    extensions: Array.from({ length: 1500 }, (_, index) => describe(index)),
  };

  function open(path: string, body: string): ClientHttp2Stream {
    const stream = session.request({ ':method': 'POST', ':path': path, ':authority': 'xds' });
    stream.on('error', () => {});
    stream.end(body);
    return stream;
  }

  /** Sends a request and waits for the answer; the signal cancels the request. */
  async function ask({ type, names = [], version = '' }: Question, signal?: AbortSignal): Promise<Answer> {
    const body = {
      ...(version === '' ? {} : { version_info: version }),
      node: described,
      ...(names.length === 0 ? {} : { resource_names: names }),
      type_url: `type.googleapis.com/${type}`,
    };
    const stream = open(`/v3/discovery:${type}`, JSON.stringify(body));
    signal?.addEventListener('abort', () => stream.close(8));
    return JSON.parse(await textOf(stream)) as Answer;
  }

  return {
    ask,
    async status(path: string, body: string): Promise<number> {
      const stream = open(path, body);
      const [headers] = await once(stream, 'response');
      return headers[':status'];
    },
    async close() {
      session.destroy();
      await once(session, 'close');
    },
  };
}

const describe = (index: number) => ({ name: `envoy.filters.${index}`, category: 'envoy.filters.http', text: '"},{' });

async function textOf(stream: ClientHttp2Stream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
