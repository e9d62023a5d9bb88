import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Failure } from '../../places/failure.ts';
import { manifestFiles, readTextFile } from './files.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

test('When a folder is named, then its manifests come in order of their names, those of subfolders with -R only', () => {
  const b = write('b.yml', 'b');
  const a = write('a.yaml', 'a');
  write('notes.md', 'no manifest');
  const c = write('below/c.yaml', 'c');
  expect(manifestFiles(folder, false)).toEqual([a, b]);
  expect(manifestFiles(folder, true)).toEqual([a, b, c]);
  expect(readTextFile(c)).toBe('c');
});

test('When a file is missing or is not text, or a folder is empty, then its path is named', () => {
  const missing = join(folder, 'missing.yaml');
  const sentence = `${missing}: cannot be read: no such file or folder. Nothing was changed.`;
  expect(() => manifestFiles(missing, false)).toThrow(new Failure(sentence));
  expect(() => manifestFiles(folder, false)).toThrow(
    `${folder}: this folder holds no .yaml, .yml or .json file. Nothing was changed.`,
  );
  const binary = write('binary.yaml', new Uint8Array([0xff, 0xfe, 0x00]));
  expect(() => readTextFile(binary)).toThrow(`${binary}: cannot be read: it is not UTF-8 text. Nothing was changed.`);
});
