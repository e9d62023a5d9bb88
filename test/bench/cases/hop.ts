import { join } from 'node:path';
import { ask } from '../../../places/local/place/socket.ts';
import type { Bench, Context, Findings } from '../bench.ts';
import { BASE, CANARY, waitForVersion } from '../follow.ts';
import type { HopPlan, HopReport, Latency } from './hop-client.ts';
import { type Measure, ratios } from '../measure.ts';
import { ROOT, type RunningShop } from '../shops.ts';

const CLIENT = join(ROOT, 'test/bench/cases/hop-client.ts');
const PATH = '/recommendations?sku=tent-2p';

interface PodObject {
  metadata: { labels: Record<string, string> };
  /** `podPorts`: container port → the app's loopback port. */
  status: { podPorts: Record<string, number> };
}

/** Measures what a pair of sidecars adds to a call between two services: the same call to the same process, through them and bypassing them. */
export const HOP: Bench = { name: 'hop', title: 'What a pair of sidecars adds to a call', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const shop = await shops.running('meshed');
  await shop.tuesday('apply', '-f', CANARY.v1);
  await waitForVersion(shop.url, 'v1');
  const { rounds, requests, perSecond } = size.hop;
  const urls = {
    bypassing: `http://127.0.0.1:${await portOfCallee(shop)}${PATH}`,
    through: `http://recommendations${PATH}`,
  };
  const plan: HopPlan = { ...size.hop, urls, seed: Math.floor(random() * 2 ** 31) };
  say(
    `${rounds} rounds of ${requests} calls on each path, about ${Math.round(((rounds + 1) * 2 * requests) / perSecond)} s`,
  );
  const printed = await shop.tuesday('exec', 'deploy/storefront', '--', process.execPath, CLIENT, JSON.stringify(plan));
  await shop.tuesday('apply', '-f', BASE);
  const report = JSON.parse(printed) as HopReport;
  return { measures: (['p50', 'p90'] as const).flatMap((at) => measuresOf(report, at)), notes: notesOf(plan, report) };
}

/** The port of recommendations v1 itself, behind its sidecar. */
async function portOfCallee({ state }: RunningShop): Promise<number> {
  const pods = (await ask<PodObject[]>(join(state, 'tuesday.sock'), 'GET /resources?kind=Pod&namespace=shop')) ?? [];
  const pod = pods.find(
    ({ metadata: { labels } }) => labels['app'] === 'recommendations' && labels['version'] === 'v1',
  );
  const port = pod?.status.podPorts['8080'];
  if (port === undefined) throw new Error('recommendations v1 is not running.');
  return port;
}

function measuresOf({ rounds }: HopReport, at: keyof Latency): Measure[] {
  const bypassing = rounds.map((round) => round.bypassing[at]);
  const through = rounds.map((round) => round.through[at]);
  return [
    { what: `${at} bypassing the sidecars`, unit: 'ms', values: bypassing },
    { what: `${at} through both`, unit: 'ms', values: through },
    { what: `${at} added by the pair`, unit: 'ms', values: through.map((value, index) => value - bypassing[index]!) },
    ratios(`${at} through / bypassing`, through, bypassing),
  ];
}

function notesOf({ requests, perSecond }: HopPlan, { failed }: HopReport): string[] {
  return [
    `storefront calls recommendations v1, which calls PostgreSQL through sidecars in both cases: ${requests} calls on each path in a round, ${perSecond} per second in a seeded order over up to 16 connections, in an open loop. Latency counts from the time when a call was due. ${failed} calls were not answered 200.`,
    'The article says 2–3 ms for each hop. Istio published 2.65–3.12 ms as the p90 of both sidecars together for its versions 1.5 to 1.16 (1,000 requests per second, 16 connections, mTLS), and for 1.24 on bare metal a chart below 1 ms.',
    'No p99: on a small machine its spread is too large to be useful.',
  ];
}
