import { setTimeout as wait } from 'node:timers/promises';
import { askSocket } from '../network/unix-socket.ts';

/** Sends a request such as `GET /ready` to an Envoy's admin interface, on its unix socket. Rejects after two seconds without an answer. */
export function askAdmin(socketPath: string, question: string): Promise<{ status: number; text: string }> {
  const [method = '', path = ''] = question.split(' ');
  return askSocket(socketPath, { method, path, timeoutMs: 2_000 });
}

/** The same JSON without private keys. Envoy itself leaves them out of its dumps; this is a second safeguard. */
export function redactKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    KEYS.has(name) ? '[redacted]' : redactKeys(inner),
  ]);
  return Object.fromEntries(entries);
}

const KEYS = new Set(['private_key', 'private_key_provider', 'password', 'session_ticket_keys']);

/** Whether an Envoy runs and has its complete configuration. */
export async function isEnvoyReady(socketPath: string): Promise<boolean> {
  const answer = await askAdmin(socketPath, 'GET /ready').catch(() => undefined);
  return answer?.status === 200;
}

const CONNECTIONS = 'GET /stats?filter=^listener\\..*downstream_cx_active$';

/** Whether a line such as `listener.127.0.0.1_8080.downstream_cx_active: 3` shows open connections of callers. Those of `listener.admin` are the runner's own. */
const countsCallers = (line: string) => /: [1-9]/.test(line) && !line.startsWith('listener.admin.');

/**
 * Starts the drain of an Envoy: from now on each answer closes its connection. Resolves when no caller is
 * connected any more, or after `limitMs`; at once when the Envoy has ended.
 */
export async function drain(socketPath: string, limitMs: number): Promise<void> {
  const until = performance.now() + limitMs;
  try {
    await askAdmin(socketPath, 'POST /drain_listeners?graceful');
    while (performance.now() < until) {
      const { text } = await askAdmin(socketPath, CONNECTIONS);
      if (!text.split('\n').some(countsCallers)) return;
      await wait(50);
    }
  } catch {
    // The Envoy has ended.
  }
}
