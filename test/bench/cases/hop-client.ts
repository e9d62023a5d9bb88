import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, build } from 'hdr-histogram-js';
import { Agent } from 'undici';
import { randomFrom, shuffled } from '../random.ts';

/** What hop.ts orders; this program runs inside a pod (tuesday exec), so that names lead to the pod's own sidecar. */
export interface HopPlan {
  /** The same path at the callee's own port, bypassing the sidecars, and through both sidecars. */
  urls: { bypassing: string; through: string };
  rounds: number;
  /** To each URL in a round. */
  requests: number;
  /** To both URLs together. */
  perSecond: number;
  seed: number;
}

/** Milliseconds. */
export interface Latency {
  p50: number;
  p90: number;
}

export interface HopReport {
  rounds: { bypassing: Latency; through: Latency }[];
  /** Requests that were not answered 200. */
  failed: number;
}

type Path = keyof HopPlan['urls'];

/** A timer may be a millisecond late, so the last milliseconds before a request are a busy wait. */
const BUSY_WAIT_MS = 2;

const agent = new Agent({ connections: 16 });

async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now())
    await (left > BUSY_WAIT_MS ? sleep(left - BUSY_WAIT_MS) : new Promise((resolve) => setImmediate(resolve)));
}

/** An open loop: requests are sent on time whether or not earlier ones are answered, and latency counts from that time. */
async function round({ urls, requests, perSecond }: HopPlan, random: () => number) {
  const histograms: Record<Path, Histogram> = { bypassing: newHistogram(), through: newHistogram() };
  const paths = (Object.keys(urls) as Path[]).flatMap((path) => Array.from({ length: requests }, () => path));
  const start = performance.now() + 50;
  const answers: Promise<boolean>[] = [];
  for (const [index, path] of shuffled(paths, random).entries()) {
    const due = start + (index * 1_000) / perSecond;
    await until(due);
    answers.push(
      ask(urls[path]).then((ok) => {
        histograms[path].recordValue(Math.max(1, Math.round((performance.now() - due) * 1_000)));
        return ok;
      }),
    );
  }
  const failed = (await Promise.all(answers)).filter((ok) => !ok).length;
  return { bypassing: latency(histograms.bypassing), through: latency(histograms.through), failed };
}

/** A histogram of microseconds, up to a minute, with three significant digits. */
function newHistogram(): Histogram {
  return build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
}

function latency(histogram: Histogram): Latency {
  const at = (percent: number) => histogram.getValueAtPercentile(percent) / 1_000;
  return { p50: at(50), p90: at(90) };
}

async function ask(url: string): Promise<boolean> {
  const { origin, pathname, search } = new URL(url);
  try {
    const { statusCode, body } = await agent.request({ origin, path: pathname + search, method: 'GET' });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

const plan = JSON.parse(process.argv[2]!) as HopPlan;
const random = randomFrom(plan.seed);
await round(plan, random); // to warm up
const report: HopReport = { rounds: [], failed: 0 };
for (let index = 0; index < plan.rounds; index++) {
  const { failed, ...latencies } = await round(plan, random);
  report.rounds.push(latencies);
  report.failed += failed;
}
await agent.close();
console.log(JSON.stringify(report));
