import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startTraced, treeOf } from '../testing/traced.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const BUNDLE = at(`../../dist/test-${randomBytes(4).toString('hex')}.mjs`);
const TRACE = randomBytes(16).toString('hex');
const CALLER = randomBytes(8).toString('hex');

/** What one process makes of one request when it was started with `bootstrap`. */
interface Seen {
  /** A line a span: its kind and name, and those of its parent. */
  spans: string[];
  /** What each span says of its process. */
  process: object;
  /** The span that the callee got as its caller. */
  sent: string;
  /** The trace that the service itself names, e.g. in its log. */
  traceId: string;
}

async function traceWith(bootstrap: string): Promise<Seen> {
  await using traced = await startTraced(bootstrap);
  const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
  const answered = await fetch(`${traced.url}/things/7`, { headers });
  const { traceId } = (await answered.json()) as { traceId: string };
  const { ended, spans } = await traced.stop();
  expect(ended).toEqual([0, null]);
  const { lines, nameOf } = treeOf(spans, { [CALLER]: 'the caller' });
  const sent = `${traced.callee.requests[0]?.headers['traceparent']}`;
  return {
    spans: lines,
    process: spans[0]?.processTags ?? {},
    sent: nameOf(/^00-\w{32}-(\w{16})-01$/.exec(sent)?.[1]),
    traceId,
  };
}

beforeAll(() => promisify(execFile)(process.execPath, [at('../../bundle.mjs'), BUNDLE], { env: {} }));
afterAll(() => rm(BUNDLE, { force: true }));

test.each([
  ['from its source', at('opentelemetry.ts')],
  ['from its bundle', BUNDLE],
])('When a service is traced %s, then request, call, queries and later work are one tree', async (_how, bootstrap) => {
  expect(await traceWith(bootstrap)).toEqual({
    spans: [
      'client GET < internal request handler',
      'client pg.query:BEGIN < internal request handler',
      'client pg.query:COMMIT < internal request handler',
      'client pg.query:INSERT things < internal request handler',
      'client pg.query:SELECT < internal continued',
      'internal continued < internal request handler',
      'internal request handler < server GET /things/:id',
      'server GET /things/:id < the caller',
    ],
    process: { 'service.version': 'v2', 'k8s.pod.name': 'traced-1' },
    sent: 'client GET',
    traceId: TRACE,
  });
});

test('When a service is loaded, then fetch and WebSocket are not, neither Node’s own nor those of the package undici', async () => {
  const program = `
    import { createRequire } from 'node:module';
    await import('@tuesday/service');
    const files = Object.keys(createRequire('file:///').cache).filter((file) => /undici/.test(file));
    console.log(JSON.stringify({
      calls: files.some((file) => /dispatcher.pool/.test(file)),
      rest: [...files.filter((file) => /web./.test(file)), ...process.moduleLoadList.filter((name) => /deps.undici/.test(name))],
    }));
    process.exit();`;
  const words = ['--import', BUNDLE, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: at('../../../..'), env: {} });
  expect(JSON.parse(stdout)).toEqual({ calls: true, rest: [] });
});

test('When a source of the bundle changes, then the bundle is made anew', async () => {
  const { BUILDS } = (await import(at('../../../../setup/builds.mjs'))) as {
    BUILDS: { name: string; inputs: string[] }[];
  };
  const { inputs } = BUILDS.find(({ name }) => name === 'tracing')!;
  const { metafile } = await build({
    entryPoints: [at('opentelemetry.ts')],
    absWorkingDir: at('../../../..'),
    bundle: true,
    format: 'esm',
    packages: 'external', // their versions are in package-lock.json
    write: false,
    metafile: true,
  });
  const sources = Object.keys(metafile.inputs);
  expect(sources).toContain('packages/service/src/tracing/opentelemetry.ts');
  expect(sources.filter((source) => !inputs.some((input) => source.startsWith(input)))).toEqual([]);
});
