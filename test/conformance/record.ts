import { execFileSync } from 'node:child_process';
import { type Case, casesOf } from './cases.ts';
import { fieldCasesOf } from './fields/field-cases.ts';
import { type RecordedFields, writeFields } from './fields/recorded-fields.ts';
import { type RecordedName, writeNames } from './names.ts';
import { generate } from './generate.ts';
import { type Recorded, createReader, writeRecordings } from './recording.ts';

/**
 * RECORDER=PATH node test/conformance/record.ts [WORD…]: writes recordings/ again, or only those of cases whose name contains one of the
 * words. README.md says how to build the recorder.
 */
const recorder = process.env['RECORDER'];
if (recorder === undefined) {
  console.error('RECORDER is not set: it must be the path of the compiled recorder (test/conformance/README.md).');
  process.exit(64);
}

const words = process.argv.slice(2);
const read = words.length > 0 ? createReader() : undefined;
const all = new Map<Case, Recorded>();
for (const one of [...casesOf(), ...fieldCasesOf()]) {
  const kept = read !== undefined && !words.some((word) => one.name.includes(word)) ? read(one) : undefined;
  if (kept === undefined) console.info(`recording ${one.name}`);
  all.set(one, kept ?? generate(recorder, one));
}
writeRecordings(all);
writeNames(JSON.parse(execFileSync(recorder, ['-names'], { encoding: 'utf8' })) as RecordedName[]);
writeFields(JSON.parse(execFileSync(recorder, ['-fields'], { encoding: 'utf8' })) as RecordedFields);
