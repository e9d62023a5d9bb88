import type { Caller } from '../../places/callers.ts';
import { type Probe, SSL_REQUEST } from '../../places/probe.ts';
import type { startShop } from './shop.ts';

export const PLAIN = 'pod without sidecar';
export const MESHED = { account: 'checkout' };

/** A request to a Service of test/e2e/lessons/ports.yaml, or to a path of one. */
export const http = (url: string, more: object = {}): Probe => ({ kind: 'http', url: `http://${url}`, ...more });
/** Bytes that are no HTTP. */
export const OTHER_BYTES: Probe = { kind: 'tcp', host: 'plain', port: 80, hex: SSL_REQUEST };

type Shop = Pick<Awaited<ReturnType<typeof startShop>>, 'callers'>;

/** What a caller gets for each probe: the text of a 200, another status, or how the connection ended. */
export async function answers(shop: Shop, caller: Caller, ...probes: Probe[]): Promise<(string | number)[]> {
  const outcomes = await shop.callers.probe(caller, probes);
  return outcomes.map(({ status, end, text }) => (status === 200 ? text : status || end));
}
