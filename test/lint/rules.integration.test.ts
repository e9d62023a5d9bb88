import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALLOWED, BESIDE, FORBIDDEN } from './cases.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-lint-')));

interface Finding {
  filename: string;
  code: string;
  message: string;
  help?: string;
}
let findings: Finding[] = [];
const of = (file: string) => findings.filter(({ filename }) => filename.endsWith(file));

beforeAll(() => {
  for (const [file, text] of [...BESIDE, ...ALLOWED, ...FORBIDDEN.map(({ file, text }) => [file, text] as const)]) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  cpSync(join(ROOT, 'test/lint'), join(folder, 'test/lint'), { recursive: true });
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

test.each(ALLOWED)('When %s keeps to the rules, then lint is silent', (file) => {
  expect(of(file)).toEqual([]);
});
