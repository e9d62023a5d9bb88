import { expect, test } from '@jest/globals';
import childProcess from 'node:child_process';
import { forbidProcesses } from './forbid-processes.mjs';

test('When a unit test has ended, then the next file of the same process may start processes', () => {
  const allow = forbidProcesses('/clone/a.test.mjs', '/clone');
  try {
    expect(() => childProcess.spawnSync('true')).toThrow(
      'a.test.mjs starts a process (true), and a unit test may not.',
    );
    expect(() => childProcess.spawn('true')).toThrow('Rename the file to a.integration.test.mjs.');
  } finally {
    allow();
  }
  expect(childProcess.spawnSync(process.execPath, ['--version']).status).toBe(0);
});
