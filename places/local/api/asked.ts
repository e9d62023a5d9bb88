import type { ServerResponse } from 'node:http';
import type { Pod } from '../pod.ts';
import type { Runner } from '../runner.ts';

/** What a handler is asked: `words` are the parts of the path that its route leaves open. */
export interface Asked {
  runner: Runner;
  words: string[];
  query: URLSearchParams;
  body: never;
  res: ServerResponse;
}

/** A request that cannot be served, with the sentence for the user. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The pod that the path names; throws kubectl's sentence where there is none. */
export function podOf({ runner, words: [namespace = '', name = ''] }: Pick<Asked, 'runner' | 'words'>): Pod {
  const pod = runner.pods.find(namespace, name);
  if (!pod) throw new Refusal(404, `pods "${name}" not found`);
  return pod;
}
