import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { oddObjects } from './odd-objects.ts';
import { type Verdicts, writeVerdicts } from './recorded.ts';
import { slips } from './slips.ts';

/**
 * KUBECONFIG=PATH node test/conformance/verdicts/record.ts: asks an API server that has Istio what it says of every odd object, and
 * writes recordings/verdicts.json. It asks as a dry run: the cluster stays as it is. README.md says what cluster.
 */
const proxy = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [printed] = (await once(proxy.stdout, 'data')) as [Buffer];
const server = `http://${/127\.0\.0\.1:\d+/.exec(String(printed))?.[0]}`;

const PLURALS = {
  Gateway: 'gateways',
  AuthorizationPolicy: 'authorizationpolicies',
  Telemetry: 'telemetries',
} as Record<string, string>;

interface Written {
  apiVersion: string;
  kind: string;
  metadata: { namespace?: string };
}

/** The address at which objects of a kind are made. */
function addressOf({ apiVersion, kind, metadata: { namespace = 'default' } }: Written): string {
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = kind === 'Namespace' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${server}${group}${place}/${plural}?dryRun=All&fieldValidation=Strict`;
}

/** The part of a long answer that says why. */
const MOST = 160;

async function ask(object: object): Promise<string> {
  const response = await fetch(addressOf(object as unknown as Written), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(object),
  });
  const { message = '' } = (await response.json()) as { message?: string };
  const warning = response.headers.get('warning') ?? '';
  if (response.ok) return warning === '' ? 'taken' : `taken: ${warning}`;
  const why = message
    .replace(/^.*? (is invalid: |denied the request: |cannot be handled as )/, '')
    .replaceAll(/\s+/g, ' ');
  return `refused: ${why.slice(0, MOST)}`;
}

try {
  const verdicts: Verdicts = {};
  for (const { field, value, object } of [...oddObjects(), ...slips()])
    (verdicts[field] ??= {})[value] = await ask(object);
  writeVerdicts(verdicts);
  const all = Object.values(verdicts).flatMap((values) => Object.values(values));
  console.info(`${all.length} verdicts, ${all.filter((one) => one.startsWith('refused')).length} refused`);
} finally {
  proxy.kill();
}
