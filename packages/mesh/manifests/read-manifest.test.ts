import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readManifest } from './read-manifest.ts';

test('When a file is missing, a folder, not text or too large, then the message names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  const [missing, binary] = [join(folder, 'missing.yaml'), join(folder, 'binary.yaml')];
  writeFileSync(binary, new Uint8Array([0xff, 0xfe, 0x00]));
  const message = (file: string, reason: string) =>
    new Error(`${file}: cannot be read: ${reason}. Nothing was changed.`);
  expect(() => readManifest(missing)).toThrow(message(missing, 'no such file or folder'));
  expect(() => readManifest(folder)).toThrow(message(folder, 'it is a folder'));
  expect(() => readManifest(binary)).toThrow(message(binary, 'it is not UTF-8 text'));
  // A gigabyte of zeros that takes no room on the disk.
  truncateSync(binary, 2 ** 30);
  expect(() => readManifest(binary)).toThrow(new Error(`${binary}: has more than 3 MiB. Nothing was changed.`));
  rmSync(folder, { recursive: true });
});
