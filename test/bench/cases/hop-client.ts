import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, build } from 'hdr-histogram-js';
import { Agent } from 'undici';
import { randomFrom, shuffled } from '../random.ts';

/** What hop.ts wants sent; this program runs in a pod's surroundings, so that names lead to the pod's own sidecar. */
export interface HopPlan {
  /** The same path at the callee's own port, and through both sidecars. */
  urls: { past: string; through: string };
  rounds: number;
  /** Of each way in a round. */
  requests: number;
  /** Of both ways together. */
  perSecond: number;
  seed: number;
}

/** Milliseconds. */
export interface Latency {
  p50: number;
  p90: number;
}

export interface HopReport {
  rounds: { past: Latency; through: Latency }[];
  /** Requests that were not answered 200. */
  failed: number;
}

type Way = keyof HopPlan['urls'];

/** How close to its time a request is sent: a timer would be up to a millisecond late, so the last two are waited for awake. */
const AWAKE_MS = 2;

const agent = new Agent({ connections: 16 });

async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now())
    await (left > AWAKE_MS ? sleep(left - AWAKE_MS) : new Promise((resolve) => setImmediate(resolve)));
}

/** An open loop: requests leave on time whether or not earlier ones are answered, and latency counts from that time. */
async function round({ urls, requests, perSecond }: HopPlan, random: () => number) {
  const histograms: Record<Way, Histogram> = { past: newHistogram(), through: newHistogram() };
  const ways = (Object.keys(urls) as Way[]).flatMap((way) => Array.from({ length: requests }, () => way));
  const start = performance.now() + 50;
  const answers: Promise<boolean>[] = [];
  for (const [index, way] of shuffled(ways, random).entries()) {
    const due = start + (index * 1_000) / perSecond;
    await until(due);
    answers.push(
      ask(urls[way]).then((ok) => {
        histograms[way].recordValue(Math.max(1, Math.round((performance.now() - due) * 1_000)));
        return ok;
      }),
    );
  }
  const failed = (await Promise.all(answers)).filter((ok) => !ok).length;
  return { past: latency(histograms.past), through: latency(histograms.through), failed };
}

/** Microseconds, up to a minute, with three digits. */
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
