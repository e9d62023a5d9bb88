import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, casesOf, yamlOf } from './cases.ts';
import { type RecordedName, writeNames } from './names.ts';
import { type Recorded, writeRecordings } from './recording.ts';

/** RECORDER=PATH node test/conformance/record.ts: writes recordings/ again. README.md says how to build the recorder. */
const recorder = process.env['RECORDER'];
if (recorder === undefined) {
  console.error('RECORDER is not set: it must be the path of the compiled recorder (test/conformance/README.md).');
  process.exit(64);
}

/** Istio's own settings that disable the filters which upstream Envoy does not have. */
const WITHOUT = {
  PILOT_ENABLE_ALPN_FILTER: 'false',
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  PILOT_ENABLE_TELEMETRY_LABEL: 'false',
};

function record(program: string, one: Case): Recorded {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-record-'));
  try {
    writeFileSync(join(folder, 'case.yaml'), yamlOf(one));
    const printed = execFileSync(program, ['-mesh', one.meshConfig, folder], {
      env: { ...process.env, ...WITHOUT },
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    return JSON.parse(printed) as Recorded;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const all = new Map<Case, Recorded>();
for (const one of casesOf()) {
  console.info(`recording ${one.name}`);
  all.set(one, record(recorder, one));
}
writeRecordings(all);
writeNames(JSON.parse(execFileSync(recorder, ['-names'], { encoding: 'utf8' })) as RecordedName[]);
