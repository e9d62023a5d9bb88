import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder in which each worker notes the address of its local shop; the workers inherit its path. */
export default async function beginOfRun() {
  process.env['TUESDAY_E2E_SHOPS'] = await mkdtemp(join(tmpdir(), 'tuesday-e2e-'));
}
