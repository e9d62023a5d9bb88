import { hash } from 'node:crypto';
import { Rejected, type ResourceTexts, type ResourceType } from './resources.ts';

/** One discovery request of a proxy that waits for its answer. */
export interface Poll {
  type: ResourceType;
  /** Empty for listeners and clusters: all of them. */
  names: readonly string[];
  /** The version that the proxy uses; '' for none yet. */
  version: string;
  /** The connection of the request: when it ends, the proxy has stopped or restarts. */
  connection: object;
  reply(body: string): void;
}

/** The subscription of a proxy to one (type, names): its requests, the answers, and whether it acknowledged them. */
export interface Subscription {
  /** Accepts a request. It is answered as soon as there is a version that the proxy does not have. */
  poll(poll: Poll): void;
  /** The proxy cancelled a request, answered or not. */
  abandon(poll: Poll): void;
  /** Replaces the resources; undefined while one of the names does not exist. */
  offer(texts: ResourceTexts | undefined): void;
  /** Whether the proxy uses the resources of the last offer. */
  state(): 'acknowledged' | 'pending' | Rejected;
}

interface Answer {
  poll: Poll;
  version: string;
  content: string;
  texts: ResourceTexts;
}

/**
 * In xDS over REST the version of the next request is the acknowledgement: the new version if Envoy accepted the answer, the
 * old one if it rejected it. A rejected content is never sent again, because Envoy would request it without end.
 * Source: envoyproxy.io, xDS REST and gRPC protocol, "ACK/NACK and resource type instance version".
 */
export function createSubscription(type: ResourceType): Subscription {
  const waiting = new Set<Poll>();
  const rejected = new Set<string>();
  /** Sent, and neither acknowledged nor rejected. There can be two: a changed cluster subscribes before the old one ends. */
  let answers: Answer[] = [];
  let offered: { content: string; texts: ResourceTexts } | undefined;
  let accepted: Answer | undefined;
  let lastVersion: string | undefined;
  /** After a rejection Envoy may use a part of the answer while its version is the old one: the old content is sent anew. */
  let rejections = 0;

  const versionOf = (content: string) => (rejections === 0 ? content : `${content}.${rejections}`);

  function answerWaiting(): void {
    if (offered === undefined || rejected.has(offered.content)) return;
    const { content, texts } = offered;
    const version = versionOf(content);
    for (const poll of waiting) {
      if (poll.version === version) continue;
      waiting.delete(poll);
      answers.push({ poll, version, content, texts });
      poll.reply(`{"version_info":"${version}","resources":[${[...texts.values()].join(',')}]}`);
    }
  }

  function acknowledge({ version }: Poll): void {
    const acknowledged = answers.find((answer) => answer.version === version);
    if (acknowledged !== undefined) {
      accepted = acknowledged;
      answers = answers.filter((answer) => answer.version !== version);
      return;
    }
    // The version before an accepted one is no rejection but a new subscription: a changed cluster starts without a version.
    const nacked = answers.find((answer) => answer.poll.version === version && answer.version !== accepted?.version);
    if (nacked === undefined) return;
    answers = answers.filter((answer) => answer !== nacked);
    rejected.add(nacked.content);
    rejections += 1;
  }

  return {
    poll(poll) {
      lastVersion = poll.version;
      acknowledge(poll);
      waiting.add(poll);
      answerWaiting();
    },
    abandon(poll) {
      waiting.delete(poll);
      answers = answers.filter((answer) => answer.poll !== poll);
    },
    offer(texts) {
      offered = texts === undefined ? undefined : { texts, content: contentOf(texts) };
      answerWaiting();
    },
    state() {
      if (offered === undefined) return 'pending';
      if (rejected.has(offered.content)) return new Rejected(type, changedNames(offered.texts, accepted?.texts));
      return lastVersion === versionOf(offered.content) ? 'acknowledged' : 'pending';
    },
  };
}

function contentOf(texts: ResourceTexts): string {
  return hash('sha256', [...texts.values()].join('\n'), 'base64url').slice(0, 16);
}

function changedNames(now: ResourceTexts, before: ResourceTexts | undefined): string[] {
  return [...now].filter(([name, text]) => before?.get(name) !== text).map(([name]) => name);
}
