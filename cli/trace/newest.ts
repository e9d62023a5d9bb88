import type { Cli } from '../cli.ts';
import { Failure } from '../failure.ts';
import { endOf, isCalledFromOutside, isComplete, startOf, type Trace } from './jaeger.ts';

/** A trace to which no span was added for this long is complete: every exporter flushes within 200 ms. */
const SILENCE_MS = 300;
const PATIENCE_MS = 3000;
/** An Envoy may hold a span back for five seconds. A parent that is missing after more than that is the caller's own span. */
const OUTSIDE_MS = 8000;

/** One trace by its id. Throws Failure for an unknown one. */
export async function traceById(cli: Cli, id: string): Promise<Trace> {
  if (!/^[0-9a-f]{1,32}$/i.test(id))
    throw new Failure(`error: "${id}" is no trace id: up to 32 hexadecimal digits, or last`);
  const padded = id.toLowerCase().padStart(32, '0');
  const found = await cli.api.find<{ data: Trace[] | null }>(`/traces/api/traces/${padded}`);
  const trace = found?.data?.[0];
  if (trace === undefined) throw new Failure(`Error from server (NotFound): trace "${id}" not found`);
  return trace;
}

/**
 * The newest trace, once it has settled: it is complete and no more spans arrive, or it is old and only the caller's own span
 * is missing. Waits up to 3 s for that, with a line on stderr, and then gives the newest trace that has settled. Throws
 * Failure where there is none.
 */
export async function lastTrace(cli: Cli): Promise<Trace> {
  const until = cli.now() + PATIENCE_MS;
  const seen = new Map<string, { spans: number; since: number }>();
  for (let noted = false; ; await cli.sleep(50)) {
    const traces = await newestFirst(cli);
    const settled = traces.filter((trace) => isSettled(trace, { seen, now: cli.now() }));
    const [newest] = traces;
    if (newest !== undefined && settled[0] === newest) return newest;
    if (cli.now() > until) return lateAnswer(cli, newest, settled[0]);
    if (!noted && newest !== undefined) cli.err('still arriving …\n');
    noted ||= newest !== undefined;
  }
}

function lateAnswer(cli: Cli, newest: Trace | undefined, settled: Trace | undefined): Trace {
  if (newest === undefined)
    throw new Failure('error: no trace has arrived yet. Buy something: npx tuesday traffic --checkout --requests 1');
  if (settled === undefined)
    throw new Failure(`error: trace ${newest.traceID} is still arriving: it names spans that are not there yet`);
  cli.err(`Trace ${newest.traceID} is still arriving; this is the newest whole one.\n`);
  return settled;
}

interface Watch {
  seen: Map<string, { spans: number; since: number }>;
  now: number;
}

function isSettled(trace: Trace, { seen, now }: Watch): boolean {
  const before = seen.get(trace.traceID);
  if (before?.spans !== trace.spans.length) seen.set(trace.traceID, { spans: trace.spans.length, since: now });
  const quiet = now - (seen.get(trace.traceID)?.since ?? now) >= SILENCE_MS;
  // A trace that ended seconds ago was quiet before the first look.
  const age = now - endOf(trace) / 1000;
  return isComplete(trace) ? quiet || age >= PATIENCE_MS : age >= OUTSIDE_MS && isCalledFromOutside(trace);
}

/** Jaeger answers by service only; a trace comes back once for each service in it. */
async function newestFirst(cli: Cli): Promise<Trace[]> {
  const services = (await cli.api.get<{ data: string[] | null }>('/traces/api/services')).data ?? [];
  const answers = await Promise.all(
    services.map((service) => cli.api.get<{ data: Trace[] | null }>('/traces/api/traces', { service, limit: '20' })),
  );
  const byId = new Map(answers.flatMap(({ data }) => (data ?? []).map((trace) => [trace.traceID, trace] as const)));
  return [...byId.values()].filter(({ spans }) => spans.length > 0).sort((a, b) => startOf(b) - startOf(a));
}
