import { hash } from 'node:crypto';
import { Rejected } from './wanted.ts';
import type { Texts, Type } from './wanted.ts';

/** One request of a proxy that waits for its answer. */
export interface Poll {
  type: Type;
  /** Empty for listeners and clusters: all of them. */
  names: readonly string[];
  /** What the proxy has and uses; '' for nothing yet. */
  version: string;
  /** The connection it came over: when that ends, the proxy is gone, or another one. */
  connection: object;
  reply(body: string): void;
}

/** What a proxy asks for under one (type, names), and what it has said about the answers. */
export interface Watch {
  /** A request came. It is answered at once if there is something new, else when there is. */
  poll(poll: Poll): void;
  /** The proxy gave a request up, answered or not. */
  abandon(poll: Poll): void;
  /** What is there now; undefined while a resource asked for does not exist. */
  offer(texts: Texts | undefined): void;
  /** Whether the proxy has what is there now. */
  state(): 'acknowledged' | 'pending' | Rejected;
}

interface Answer {
  poll: Poll;
  version: string;
  content: string;
  texts: Texts;
}

/**
 * By REST the protocol is: the next request carries the new version if Envoy took the answer, and the old one if it did not.
 * A content that was refused is never sent again, since Envoy would ask for it without end.
 */
export function createWatch(type: Type): Watch {
  const held = new Set<Poll>();
  const refused = new Set<string>();
  /** Sent, and not yet heard of. A cluster that changes asks a second time while its predecessor still holds on. */
  let answers: Answer[] = [];
  let offered: { content: string; texts: Texts } | undefined;
  let accepted: Answer | undefined;
  let said: string | undefined;
  /** After a refusal Envoy may have taken a part of it while it names the version of before, so that must be sent anew. */
  let refusals = 0;

  const versionOf = (content: string) => (refusals === 0 ? content : `${content}.${refusals}`);

  function serve(): void {
    if (offered === undefined || refused.has(offered.content)) return;
    const { content, texts } = offered;
    const version = versionOf(content);
    for (const poll of held) {
      if (poll.version === version) continue;
      held.delete(poll);
      answers.push({ poll, version, content, texts });
      poll.reply(`{"version_info":"${version}","resources":[${[...texts.values()].join(',')}]}`);
    }
  }

  function hear({ version }: Poll): void {
    const agreed = answers.find((answer) => answer.version === version);
    if (agreed !== undefined) {
      accepted = agreed;
      answers = answers.filter((answer) => answer.version !== version);
      return;
    }
    // What was agreed to before is no refusal but a new subscription: a changed cluster starts from nothing.
    const denied = answers.find((answer) => answer.poll.version === version && answer.version !== accepted?.version);
    if (denied === undefined) return;
    answers = answers.filter((answer) => answer !== denied);
    refused.add(denied.content);
    refusals += 1;
  }

  return {
    poll(poll) {
      said = poll.version;
      hear(poll);
      held.add(poll);
      serve();
    },
    abandon(poll) {
      held.delete(poll);
      answers = answers.filter((answer) => answer.poll !== poll);
    },
    offer(texts) {
      offered = texts === undefined ? undefined : { texts, content: contentOf(texts) };
      serve();
    },
    state() {
      if (offered === undefined) return 'pending';
      if (refused.has(offered.content)) return new Rejected(type, changedNames(offered.texts, accepted?.texts));
      return said === versionOf(offered.content) ? 'acknowledged' : 'pending';
    },
  };
}

function contentOf(texts: Texts): string {
  return hash('sha256', [...texts.values()].join('\n'), 'base64url').slice(0, 16);
}

function changedNames(now: Texts, before: Texts | undefined): string[] {
  return [...now].filter(([name, text]) => before?.get(name) !== text).map(([name]) => name);
}
