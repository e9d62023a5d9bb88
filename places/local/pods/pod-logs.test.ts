import { expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPodLogs } from './pod-logs.ts';

/** A folder with a log of each pod. */
function folderOf(...pods: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-pod-logs-'));
  for (const pod of pods) {
    mkdirSync(join(folder, pod));
    writeFileSync(join(folder, pod, '0.log'), 'said\n');
  }
  return folder;
}

test('When many pods have ended, then the logs of the last ten are there, and of those that run', () => {
  const names = Array.from({ length: 13 }, (_, index) => `web-${index + 10}`);
  const folder = folderOf('runs', ...names);
  const logs = createPodLogs(folder);
  names.forEach(logs.gone);
  expect(readdirSync(folder).sort()).toEqual(['runs', ...names.slice(3)]);
});

test('When a pod gets the name of one that has ended, then it begins without a log, and keeps its own', () => {
  const folder = folderOf('db-0');
  const logs = createPodLogs(folder);
  logs.gone('db-0');
  logs.begin('db-0');
  expect(readdirSync(folder)).toEqual([]);
  mkdirSync(join(folder, 'db-0'));
  for (let index = 0; index < 11; index++) logs.gone(`web-${index}`);
  expect(readdirSync(folder)).toEqual(['db-0']);
});
