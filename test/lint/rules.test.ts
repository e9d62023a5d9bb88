import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tuesday-lint-'));
const lines = (count: number) => `${'// a line\n'.repeat(count - 1)}export const a = 1;\n`;

interface Case {
  rule: string;
  file: string;
  text: string;
  /** Part of the message that says what to do instead; '' where oxlint's own will do. */
  says: string;
}

const imports = (file: string, from: string, says: string): Case => ({
  rule: 'no-restricted-imports',
  file,
  text: `import { a } from '${from}';\nexport const b = a;\n`,
  says,
});

const FORBIDDEN: Case[] = [
  imports('services/checkout/src/a.ts', '../../billing/src/charge.ts', 'Call the service over HTTP'),
  imports('services/checkout/src/b.ts', '@tuesday/billing/src/charge.ts', 'Call the service over HTTP'),
  imports('services/checkout/src/c.ts', '../../billing/src/contract.ts', 'import type'),
  imports('services/checkout/src/d.ts', '../../../places/local/ports.ts', 'Nothing of the shop knows the mesh'),
  imports('services/checkout/src/e.ts', '../../../packages/traces/store.ts', 'Nothing of the shop knows the mesh'),
  imports('services/checkout/src/f.ts', '../../../packages/service/src/log.ts', "'@tuesday/service'"),
  imports('services/checkout/src/g.ts', '../../../test/support/shop.ts', 'Only tests may use test/'),
  imports('packages/service/src/a.ts', '../../../services/billing/src/contract.ts', 'know no service'),
  imports('packages/service/src/b.ts', '@tuesday/mesh', 'Nothing of the shop knows the mesh'),
  imports('packages/traces/a.ts', '../../packages/mesh/control/store.ts', 'knows nothing of the mesh'),
  imports('packages/traces/b.ts', '../../services/billing/src/contract.ts', 'know no service'),
  imports('packages/mesh/manifests/a.ts', '../control/store.ts', 'manifests → model → envoy → control → places → cli'),
  imports(
    'packages/mesh/manifests/kinds/b.ts',
    '../../model/mesh.ts',
    'packages/mesh/manifests may import only what stands before it',
  ),
  imports('packages/mesh/model/a.ts', '../envoy/listener.ts', 'packages/mesh/model may import only'),
  imports('packages/mesh/envoy/a.ts', '../control/push.ts', 'packages/mesh/envoy may import only'),
  imports('packages/mesh/control/a.ts', '../../../places/local/pods.ts', 'packages/mesh/control may import only'),
  imports('places/local/a.ts', '../../cli/print.ts', 'places/local may import only'),
  imports('places/local/b.ts', '@tuesday/billing', 'know no service'),
  imports('cli/a.ts', '@tuesday/service', 'plumbing of the services'),
  imports('cli/b.ts', '../test/support/shop.ts', 'Only tests may use test/'),
  { rule: 'max-lines', file: 'cli/long.ts', text: lines(201), says: '200' },
  {
    rule: 'max-params',
    file: 'cli/many.ts',
    text: 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n',
    says: '3',
  },
  { rule: 'no-process-env', file: 'places/local/env.ts', text: 'export const a = process.env;\n', says: '' },
  { rule: 'no-console', file: 'services/billing/src/loud.ts', text: "console.log('a');\n", says: '' },
  { rule: 'no-explicit-any', file: 'places/local/any.ts', text: 'export const a: any = 1;\n', says: '' },
  {
    rule: 'no-import-type-side-effects',
    file: 'places/local/type.ts',
    text: "import { type A } from './ok.ts';\nexport type B = A;\n",
    says: '',
  },
  {
    rule: 'no-cycle',
    file: 'places/local/one.ts',
    text: "import { b } from './two.ts';\nexport const a = () => b;\n",
    says: '',
  },
];

const ALLOWED: [string, string][] = [
  ['services/checkout/src/ok.ts', "import type { A } from '../../billing/src/contract.ts';\nexport type B = A;\n"],
  ['services/storefront/page/view/ok.ts', "import { a } from '../checkout/a.ts';\nexport const b = a;\n"],
  ['cli/ok.ts', "import { a } from '../places/local/ok.ts';\nexport const b = a;\n"],
  ['places/local/ok.ts', 'export const a = 1;\nexport type A = 1;\n'],
  ['places/local/two.ts', "import { a } from './one.ts';\nexport const b = () => a;\n"],
  ['places/local/ok.test.ts', "import { a } from '../../test/support/shop.ts';\nexport const b = a;\n"],
  ['cli/full.ts', lines(200)],
  ['cli/loud.ts', "console.log('a');\n"],
  ['services/billing/src/config.ts', 'export const a = process.env;\n'],
];

interface Finding {
  filename: string;
  code: string;
  message: string;
  help?: string;
}
let findings: Finding[] = [];
const of = (file: string) => findings.filter(({ filename }) => filename.endsWith(file));

beforeAll(() => {
  for (const [file, text] of [...FORBIDDEN.map(({ file, text }) => [file, text] as const), ...ALLOWED]) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format=json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FORBIDDEN)('When $file breaks $rule, then lint says so, and what to do instead', ({ rule, file, says }) => {
  const found = of(file).filter(({ code }) => code.includes(`(${rule})`));
  expect(found).toHaveLength(1);
  expect(`${found[0]?.message} ${found[0]?.help}`).toContain(says);
});

test.each(ALLOWED.filter(([file]) => file !== 'places/local/two.ts'))(
  'When %s keeps to the rules, then lint is silent',
  (file) => {
    expect(of(file)).toEqual([]);
  },
);
