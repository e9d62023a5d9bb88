import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../support/customer.ts';
import { kubectl } from '../support/kubernetes/kubectl.ts';
import { gatewayUrl } from '../support/kubernetes/gateway.ts';
import { quantile } from '../support/load.ts';

/**
 * Milliseconds from the start of `kubectl apply` to the first answer that follows, over changes of the canary from all to
 * none and back:  node test/bench/apply-to-traffic.ts [CHANGES], on the cluster that KUBECONFIG names.
 */
const changes = Number(process.argv[2] ?? 50);
const url = `${await gatewayUrl()}/api/recommendations?sku=tent-2p`;
const served = async () => ((await send(url)).body['hops'] as { version: string }[] | undefined)?.at(-1)?.version;

/** Asks, one request after the other, until the version answers. */
async function follows(version: string): Promise<number> {
  for (;;) {
    if ((await served()) === version) return performance.now();
    await wait(5);
  }
}

const all: number[] = [];
const commands: number[] = [];
for (let index = 0; index < changes; index++) {
  const [file, version] = index % 2 ? ['istio/canary/0.yaml', 'v1'] : ['istio/canary/100.yaml', 'v2'];
  const began = performance.now();
  const command = kubectl(['apply', '-f', file!]).then(() => commands.push(performance.now() - began));
  const [followed] = await Promise.all([follows(version!), command]);
  all.push(followed - began);
  await wait(1_000);
}
await kubectl(['apply', '-f', 'istio/base/recommendations.yaml']);
const say = (name: string, values: number[]) => {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => quantile(sorted, share).toFixed(0);
  console.info(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${sorted.length} changes`);
};
say('kubectl apply → traffic', all);
say('kubectl alone', commands);
