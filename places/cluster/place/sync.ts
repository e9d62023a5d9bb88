import { setTimeout as wait } from 'node:timers/promises';
import { forward } from '../kubectl/forward.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';

/**
 * Milliseconds: how often istiod is asked; how long nothing may move after a push until all of it counts as delivered; how
 * long to wait for a push, because most changes bring one and some concern no proxy; when to give up.
 */
const POLL_MS = 100;
const QUIET_MS = 800;
const NO_PUSH_MS = 2_500;
const TIMEOUT_MS = 30_000;

interface ProxyState {
  proxy: string;
  [sentOrAcked: string]: string;
}

/** What istiod has sent to the proxies, and what they have acknowledged. */
export interface Sync {
  /**
   * Makes a change, which gives what kubectl printed, and returns when istiod has pushed it and every proxy has acknowledged;
   * at once when kubectl says that nothing changed. Throws when a proxy does not within 30 s.
   */
  applyAndWait(change: () => Promise<string>): Promise<void>;
  stop(): void;
}

/**
 * Asks istiod's /debug/syncz (pilot/pkg/xds/debug.go): `X_sent` and `X_acked` of each proxy are equal when it has taken
 * what it was sent. istiod gathers changes for 100 ms before it pushes; a change that concerns no proxy is never pushed.
 */
export async function openSync(kubectl: Kubectl): Promise<Sync> {
  const istiod = await forward(kubectl, 'deploy/istiod', { port: 8080, namespace: 'istio-system' });
  const look = async () => (await (await fetch(`${istiod.url}/debug/syncz`)).json()) as ProxyState[];

  return {
    applyAndWait: async function after(change) {
      const before = text(await look());
      if (changedNothing(await change())) return;
      const until = Date.now() + TIMEOUT_MS;
      let last = before;
      let since = Date.now();
      for (;;) {
        const states = await look();
        const now = text(states);
        if (now !== last) [last, since] = [now, Date.now()];
        const enough = now === before ? NO_PUSH_MS : QUIET_MS;
        if (states.every(isAcknowledged) && Date.now() - since > enough) return;
        if (Date.now() > until) throw new Error(`Not every proxy acknowledged within 30 s: ${now}`);
        await wait(POLL_MS);
      }
    },
    stop: istiod.stop,
  };
}

const byProxy = (one: ProxyState, other: ProxyState) => one.proxy.localeCompare(other.proxy);
const text = (states: ProxyState[]) => JSON.stringify(states.toSorted(byProxy));

const changedNothing = (printed: string) =>
  printed
    .trim()
    .split('\n')
    .every((line) => line.endsWith(' unchanged'));

function isAcknowledged(state: ProxyState): boolean {
  return Object.keys(state)
    .filter((key) => key.endsWith('_sent'))
    .every((key) => state[key] === state[key.replace('_sent', '_acked')]);
}
