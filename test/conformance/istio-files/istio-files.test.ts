import { expect, test } from '@jest/globals';
import { readFile } from './case.ts';
import { istioFiles, moduleFolder } from './files.ts';

/** One sentence that names the file and the line. */
const SENTENCE = /^(samples|tests|pilot|pkg)\/[^\n]+\.ya?ml:\d+: [^\n]+\. Nothing was changed\.$/;

const folder = moduleFolder();
if (folder === undefined) console.info('not run: Istio’s own files (Go does not have the module istio.io/istio here)');

test('When one of Istio’s own files is read, then it is taken, or refused in one sentence with file and line', () => {
  const files = folder === undefined ? [] : istioFiles(folder);
  if (folder !== undefined) expect(files.length).toBeGreaterThanOrEqual(678);
  const read = files.map(readFile);
  expect(read.filter((one) => typeof one === 'string' && !SENTENCE.test(one))).toEqual([]);
  const taken = read.filter((one) => typeof one !== 'string').length;
  if (folder !== undefined) console.info(`${files.length} files of Istio, ${taken} taken`);
}, 60_000);
