import { expect, test } from '@jest/globals';
import type { Saved } from '../../places/local/changes/watch-files.ts';
import { stringCli } from '../testing/run-cli.ts';
import { printSaved } from './saved.ts';

function printedFor(saved: Saved) {
  const cli = stringCli({ state: '' });
  printSaved(cli, saved);
  return cli.text;
}

test('When a save was applied, then the screen has the file, kubectl’s lines, and how many Envoys use it', () => {
  const ref = (name: string) => ({ kind: 'VirtualService', namespace: 'shop', name });
  const changes = [
    { ref: ref('billing'), change: 'configured' as const },
    { ref: ref('recommendations'), change: 'unchanged' as const },
  ];
  const mesh = { sidecars: 9, ms: 38, rejected: [], late: ['a'] };
  const warnings = ['my.yaml:3: odd.'];
  expect(printedFor({ file: 'my.yaml', changes, warnings, mesh })).toEqual({
    out: `my.yaml saved
virtualservice.networking.istio.io/billing configured
virtualservice.networking.istio.io/recommendations unchanged       9 sidecars acknowledged in 38 ms
`,
    err: 'Warning: my.yaml:3: odd.\nWarning: the Envoy of a has not answered yet\n',
  });
});

test('When it could not be applied, then the screen has one sentence', () => {
  expect(printedFor({ file: 'my.yaml', refused: 'my.yaml:9: is wrong. Nothing was changed.' })).toEqual({
    out: '',
    err: 'Warning: my.yaml:9: is wrong. Nothing was changed.\n',
  });
});
