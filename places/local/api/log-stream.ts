import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiRequest, podOf } from './request.ts';

/**
 * Answers `kubectl logs`: the log of the container (`container=istio-proxy`: of the Envoy) since its last restart, or of
 * the run before (`previous`); only its last lines (`tail`); also new lines as they are written (`follow`).
 */
export async function streamLog(request: ApiRequest): Promise<undefined> {
  const { runner, query, res } = request;
  const pod = podOf(request);
  const sidecar = query.get('container') === 'istio-proxy' && pod.sidecar !== undefined;
  const container = () => (sidecar ? pod.sidecar! : pod);
  const fileOf = (run: number) => join(runner.logs, pod.name, `${sidecar ? 'istio-proxy.' : ''}${run}.log`);
  const { restarts, reason } = container();
  // While a restart waits, the run that has ended is both: the newest, and the one before the next.
  const isPrevious = query.get('previous') === 'true' && reason !== 'CrashLoopBackOff';
  const run = isPrevious ? restarts - 1 : restarts;
  const file = fileOf(run);
  res.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const tail = query.get('tail');
  res.write(tail === null || Number(tail) < 0 ? text : lastLines(text, Number(tail)));
  let at = Buffer.byteLength(text);
  const isAlive = () =>
    pod.reason !== 'Terminating' && container().restarts <= run && container().running !== undefined;
  for (let last = false; query.get('follow') === 'true' && !res.destroyed && !last;) {
    last = !isAlive();
    await wait(100);
    const size = existsSync(file) ? statSync(file).size : 0;
    if (size < at) at = 0; // the log was rotated
    if (size === at) continue;
    for await (const chunk of createReadStream(file, { start: at, end: size - 1 })) res.write(chunk);
    at = size;
  }
  res.end();
  return undefined;
}

function lastLines(text: string, count: number): string {
  if (count === 0) return '';
  const lines = text.split('\n');
  return lines.slice(-count - 1).join('\n');
}
