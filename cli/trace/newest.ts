import type { Cli } from '../cli.ts';
import { Failure } from '../../places/failure.ts';
import { type JaegerTrace, tracesFrom } from '../../places/traces.ts';
import { endOf, isCalledFromOutside, isComplete, startOf } from './jaeger.ts';

/** A trace to which no span was added for this time is complete: every exporter flushes within 200 ms. */
const SILENCE_MS = 300;
/** To a trace that ended so long ago no span was added for that time either. */
const OLD_MS = 3000;
/** An Envoy may hold a span back for five seconds: a little more than that is worth waiting for. */
const TIMEOUT_MS = 6000;
/** A parent that is missing after more than five seconds is the caller's own span. */
const OUTSIDE_MS = 8000;

/** The number of spans of each trace, and since when it has that number. */
type Seen = Map<string, { spans: number; since: number }>;

/** One trace by its id. Throws Failure for an unknown one. */
export async function traceById(cli: Cli, id: string): Promise<JaegerTrace> {
  if (!/^[0-9a-f]{1,32}$/i.test(id))
    throw new Failure(`error: "${id}" is no trace id: up to 32 hexadecimal digits, or last`);
  const padded = id.toLowerCase().padStart(32, '0');
  const trace = await tracesOf(cli).get(padded);
  if (trace === undefined) throw new Failure(`Error from server (NotFound): trace "${id}" not found`);
  return trace;
}

/**
 * The newest trace, once it is final: it is complete and no more spans arrive, or it is old and only the caller's own span is
 * missing. Waits up to 6 s for that, with a line on stderr, and then gives the newest trace that is final. Throws Failure
 * where there is none.
 */
export async function lastTrace(cli: Cli): Promise<JaegerTrace> {
  const until = cli.now() + TIMEOUT_MS;
  const seen: Seen = new Map();
  for (let noted = false; ; await cli.sleep(50)) {
    const traces = await newestFirst(cli);
    const settled = traces.filter((trace) => isSettled(trace, seen, cli.now()));
    const [newest] = traces;
    if (newest !== undefined && settled[0] === newest) return newest;
    if (cli.now() > until) return lateAnswer(cli, newest, settled[0]);
    if (!noted && newest !== undefined) cli.err('still arriving …\n');
    noted ||= newest !== undefined;
  }
}

function lateAnswer(cli: Cli, newest: JaegerTrace | undefined, settled: JaegerTrace | undefined): JaegerTrace {
  if (newest === undefined)
    throw new Failure('error: no trace has arrived yet. Buy something: npx tuesday traffic --checkout --requests 1');
  if (settled === undefined)
    throw new Failure(`error: trace ${newest.traceID} is still arriving: it names spans that are not there yet`);
  cli.err(`Trace ${newest.traceID} is still arriving; this is the newest whole one.\n`);
  return settled;
}

function isSettled(trace: JaegerTrace, seen: Seen, now: number): boolean {
  const before = seen.get(trace.traceID);
  if (before?.spans !== trace.spans.length) seen.set(trace.traceID, { spans: trace.spans.length, since: now });
  const quiet = now - (seen.get(trace.traceID)?.since ?? now) >= SILENCE_MS;
  const age = now - endOf(trace) / 1000;
  return isComplete(trace) ? quiet || age >= OLD_MS : age >= OUTSIDE_MS && isCalledFromOutside(trace);
}

/** The traces of the running shop. Jaeger's query API stands below /traces of its socket. */
const tracesOf = (cli: Cli) => tracesFrom((path) => cli.api.find(`/traces${path}`));

async function newestFirst(cli: Cli): Promise<JaegerTrace[]> {
  const traces = await tracesOf(cli).newest(20);
  return traces.filter(({ spans }) => spans.length > 0).sort((a, b) => startOf(b) - startOf(a));
}
