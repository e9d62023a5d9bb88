import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiRequest, podOf } from './request.ts';

/** kubectl logs: the container's present life (its Envoy's with `container=istio-proxy`), or the one before (`previous`), its last lines (`tail`), and what comes (`follow`). */
export async function streamLog(request: ApiRequest): Promise<undefined> {
  const { runner, query, res } = request;
  const pod = podOf(request);
  const sidecar = query.get('container') === 'istio-proxy' && pod.sidecar !== undefined;
  const container = () => (sidecar ? pod.sidecar! : pod);
  const fileOf = (life: number) => join(runner.logs, pod.name, `${sidecar ? 'istio-proxy.' : ''}${life}.log`);
  // Between two lives, as in CrashLoopBackOff, the log of the one that ended is what one wants to see.
  const { restarts } = container();
  const present = existsSync(fileOf(restarts)) ? restarts : restarts - 1;
  const life = query.get('previous') === 'true' ? present - 1 : present;
  const file = fileOf(life);
  res.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const tail = query.get('tail');
  res.write(tail === null || Number(tail) < 0 ? text : lastLines(text, Number(tail)));
  let at = Buffer.byteLength(text);
  const isAlive = () => pod.reason !== 'Terminating' && container().restarts <= life;
  for (let last = false; query.get('follow') === 'true' && !res.destroyed && !last;) {
    last = !isAlive();
    await wait(100);
    const size = existsSync(file) ? statSync(file).size : 0;
    if (size < at) at = 0; // the file was moved away, and a new one begun
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
