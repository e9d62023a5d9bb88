import { expect, test } from '@jest/globals';
import { type Outcome, PROBE_PROGRAM } from './probe.ts';
import { runProgram } from './program.ts';

test('When the outcomes are more than a pipe takes at once and are read late, then all arrive', async () => {
  const probes = Array.from({ length: 1_000 }, () => ({ kind: 'tcp', host: '127.0.0.1', port: 1, hex: '' }));
  const env = { ...process.env, NODE_OPTIONS: '', PROBES: JSON.stringify(probes) };
  const script = `'${process.execPath}' --input-type=module - | { sleep 1; cat; }`;
  const printed = await runProgram('bash', ['-c', script], { env, input: PROBE_PROGRAM });
  expect(printed.length).toBeGreaterThan(65_536);
  expect((JSON.parse(printed) as Outcome[]).map(({ end }) => end)).toEqual(probes.map(() => 'ECONNREFUSED'));
});
