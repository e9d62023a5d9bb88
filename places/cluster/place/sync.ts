import { setTimeout as wait } from 'node:timers/promises';
import { forward } from '../kubectl/forward.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';

const POLL_MS = 100;
/** A push counts as delivered when nothing has changed for this time. */
const QUIET_MS = 800;
/** How long to wait for a push: some changes concern no proxy, and are never pushed. */
const NO_PUSH_MS = 2_500;
const TIMEOUT_MS = 30_000;

interface ProxyState {
  proxy: string;
  [sentOrAcked: string]: string;
}

/** Waits for istiod and the proxies after changes. */
export interface Sync {
  /**
   * Makes a change, which gives kubectl's output, and returns when istiod has pushed it and every proxy has acknowledged it;
   * as soon as all are acknowledged when kubectl says that nothing changed: another change may still be on its way. Throws when a proxy has not acknowledged within 30 s.
   */
  applyAndWait(change: () => Promise<string>): Promise<void>;
  stop(): void;
}

/**
 * Reads istiod's /debug/syncz (pilot/pkg/xds/debug.go): `X_sent` and `X_acked` of a proxy are equal when it has
 * acknowledged what was sent. istiod collects changes for 100 ms before it pushes.
 */
export async function openSync(kubectl: Kubectl): Promise<Sync> {
  const istiod = await forward(kubectl, 'deploy/istiod', { port: 8080, namespace: 'istio-system' });
  const look = async () => JSON.parse((await istiod.read('/debug/syncz')).text) as ProxyState[];

  return {
    applyAndWait: async function after(change) {
      const before = text(await look());
      const isSame = changedNothing(await change());
      const until = Date.now() + TIMEOUT_MS;
      let last = before;
      let since = Date.now();
      for (;;) {
        const states = await look();
        const now = text(states);
        if (now !== last) [last, since] = [now, Date.now()];
        const enough = isSame ? 0 : now === before ? NO_PUSH_MS : QUIET_MS;
        if (states.every(isAcknowledged) && Date.now() - since >= enough) return;
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
