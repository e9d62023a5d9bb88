import { LINT } from './lint.ts';
import { MESH } from './mesh.ts';
import { MONEY } from './money.ts';
import type { Mutant } from './mutant.ts';
import { PLUMBING } from './plumbing.ts';
import { PURCHASES } from './purchases.ts';

/** Every guard, with the test that fails when it is removed. */
export const MUTANTS: Mutant[] = [
  ...MONEY,
  ...PURCHASES,
  ...PLUMBING,
  ...MESH,
  ...LINT,
  {
    name: 'the checksum of a downloaded Node',
    edits: [{ file: 'setup/node.mjs', find: '=== build.integrity) return;', replace: "!== 'sha512-') return;" }],
    tests: 'setup/node.test.mjs',
    title: 'When the checksum is wrong, then one message says so and the cache stays empty',
  },
  {
    name: 'the stamp is removed before an installation begins',
    edits: [{ file: 'setup/packages.mjs', find: 'if (!adds) removeStamp(', replace: 'if (!adds) void (' }],
    tests: 'setup/packages.test.mjs',
    title: 'When an installation is interrupted or fails, then it does not count',
  },
  {
    name: 'one set-up at a time',
    edits: [{ file: 'setup/lock.mjs', find: "=== 'EEXIST') return false;", replace: "=== 'EEXIST') return true;" }],
    tests: 'setup/ready.test.mjs',
    title: 'When two set-ups start at once, then the packages are installed once',
  },
  {
    name: 'the lock of a dead process is removed',
    edits: [
      {
        file: 'setup/lock.mjs',
        find: '  if (!Number.isInteger(pid) || pid <= 0) return false;\n  try {',
        replace: '  if (pid) return true;\n  try {',
      },
    ],
    tests: 'setup/lock.test.mjs',
    title: 'When the lock is held by a dead process, then it is removed and the work runs',
  },
  {
    name: 'a skipped test is a failure',
    edits: [{ file: 'setup/checks/summary.mjs', find: 'failed === 0 && skipped === 0 &&', replace: 'failed === 0 &&' }],
    tests: 'setup/checks/summary.test.mjs',
    title: 'When a test is skipped, then the run fails and the last line says so',
  },
];
