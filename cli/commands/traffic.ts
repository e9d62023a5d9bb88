import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { thousands } from '../print/numbers.ts';
import { jsonOption, namespaceOption, wholeNumber } from '../options.ts';
import { toJson } from '../print/data.ts';
import { sendLoad } from '../traffic/load.ts';
import { checkoutRequest, recommendationsRequest, type RequestTemplate } from '../traffic/request.ts';
import { type Report, trafficScreen } from '../traffic/screen.ts';
import { openSession } from '../traffic/session.ts';
import { type Tally, tally } from '../traffic/tally.ts';
import { judge, type Verdict } from '../traffic/verdict.ts';
import { weightsOf } from '../traffic/weights.ts';

interface Options {
  requests: number;
  checkout?: true;
  as?: string;
  url?: string;
  concurrency: number;
  namespace: string;
  output?: 'json';
}

/** `traffic`: many requests, who served them, and whether that is what the weights say. */
export function trafficCommand(cli: Cli): Command {
  const command = new Command('traffic')
    .summary('send requests and count who served them')
    .description(
      'Sends requests through the gateway, counts which versions served them, and judges that by the weights.',
    )
    .option('--requests <count>', 'how many', wholeNumber(1), 1000)
    .option('--checkout', 'buy a tent each time, instead of looking at recommendations')
    .option('--as <customer>', 'a demo customer, such as ada (default: a new customer)')
    .option('--concurrency <count>', 'how many at a time', wholeNumber(1), 4)
    .option('--url <url>', 'the URL of another shop, whose weights are not known')
    .addOption(namespaceOption())
    .addOption(jsonOption())
    .action((options: Options) => traffic(cli, options));
  return withExamples(command, [
    ['npx tuesday traffic', 'who serves recommendations, and is that 90/10?'],
    ['npx tuesday traffic --checkout --requests 200', 'buy, each time with a new key'],
    ['npx tuesday traffic --checkout --as ada --requests 1', 'buy as a demo customer'],
    ['npx tuesday traffic --url http://localhost:8080 --requests 100 -o json', 'a shop by its address, as data'],
  ]);
}

async function traffic(cli: Cli, options: Options): Promise<void> {
  const shop = options.url === undefined ? await cli.api.get<Shop>('/status') : { url: checkedUrl(options.url) };
  const { url } = shop;
  const recipe = await recipeFor(url, options);
  const start = performance.now();
  const onDone = (done: number) => progress(cli, done, options);
  const found = tally(await sendLoad({ url, recipe, ...options, onDone }));
  if (cli.isTerminal) cli.err('\r\u001B[K');
  const seconds = (performance.now() - start) / 1000;
  const verdicts = shop.mesh === undefined ? [] : await verdictsOf(cli, found, { ...options, mesh: shop.mesh });
  const report: Report = { url, request: `${recipe.method} ${recipe.path}`, seconds, ...found, verdicts };
  cli.out(options.output === 'json' ? toJson(report) : trafficScreen(report, cli.paint));
  const wrong = found.failed > 0 || verdicts.some(({ outcome }) => outcome === 'inconsistent');
  if (wrong) cli.exitCode = 1;
}

/** Everybody may read recommendations, so that only a customer who is named needs a session there. */
async function recipeFor(url: string, { checkout, as }: Options): Promise<RequestTemplate> {
  if (checkout) return checkoutRequest(`traffic-${randomUUID()}`, await openSession(url, as));
  return recommendationsRequest(as === undefined ? {} : await openSession(url, as));
}

/** `mesh` is known of the running shop only, not of one elsewhere. */
interface Shop {
  url: string;
  mesh?: boolean;
}

async function verdictsOf(
  cli: Cli,
  found: Tally,
  { namespace, mesh }: Options & { mesh: boolean },
): Promise<Verdict[]> {
  const services = [...new Set(found.servedBy.map(({ service }) => service))];
  const weights = await Promise.all(services.map((service) => weightsOf(cli.api, service, namespace)));
  return weights.flatMap((one) => (one === undefined ? [] : (judge(found, one, mesh) ?? [])));
}

function progress(cli: Cli, done: number, { requests, output }: Options): void {
  if (!cli.isTerminal || output === 'json' || done % 20 !== 0) return;
  const filled = Math.round((16 * done) / requests);
  cli.err(`\r  ${'█'.repeat(filled)}${'░'.repeat(16 - filled)} ${thousands(done)} of ${thousands(requests)}`);
}

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Failure(`error: --url "${url}" is no http address, try: --url http://localhost:8080`);
  return url;
}
