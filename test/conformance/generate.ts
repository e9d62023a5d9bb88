import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, yamlOf } from './cases.ts';
import type { Recorded } from './recording.ts';

/** Istio's own settings that disable the filters which upstream Envoy does not have. */
const WITHOUT = {
  PILOT_ENABLE_ALPN_FILTER: 'false',
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  PILOT_ENABLE_TELEMETRY_LABEL: 'false',
};

/** What Istio's generator makes of a case, by the recorder at a path. Throws an Error if it ends with another code than 0. */
export function generate(recorder: string, one: Case): Recorded {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-record-'));
  try {
    writeFileSync(join(folder, 'case.yaml'), yamlOf(one));
    const printed = execFileSync(recorder, ['-mesh', one.meshConfig, folder], {
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
