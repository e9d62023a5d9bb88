import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const REGISTER = fileURLToPath(new URL('register.ts', import.meta.url));

/** Prints which of the two tracers the process has loaded: CommonJS by its files, OpenTelemetry by its global. */
const LOADED = `
  import { createRequire } from 'node:module';
  const files = Object.keys(createRequire('file:///').cache);
  const openTelemetry = Symbol.for('opentelemetry.js.api.1') in globalThis || files.some((file) => /@opentelemetry/.test(file));
  console.log(JSON.stringify({ jaeger: files.some((file) => /jaeger-client/.test(file)), openTelemetry }));
  process.exit();`;

/** Starts a process with TRACER as given; what it prints, and its exit code. */
function start(tracer: string | undefined): Promise<{ code: number; out: string; err: string }> {
  const args = ['--import', REGISTER, '--input-type=module', '--eval', LOADED];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: tracer === undefined ? {} : { TRACER: tracer } }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

test.each([
  ['nothing', undefined, { jaeger: false, openTelemetry: true }],
  ['opentelemetry', 'opentelemetry', { jaeger: false, openTelemetry: true }],
  ['jaeger', 'jaeger', { jaeger: true, openTelemetry: false }],
])('When TRACER is %s, then only its tracer is loaded', async (_name, tracer, loaded) => {
  const { out, err } = await start(tracer);
  expect([out && JSON.parse(out), err]).toEqual([loaded, '']);
});

test('When TRACER is unknown, then one sentence says what it may be, and the exit code is 64', async () => {
  const { code, out, err } = await start('zipkin');
  const sentence = 'Environment variable TRACER: "zipkin" is no tracer; it is "opentelemetry" or "jaeger".\n';
  expect([code, out, err]).toEqual([64, '', sentence]);
});
