import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processEnvironment } from '../config.ts';
import { ROOT } from '../../repository.ts';

const CAPTURE = fileURLToPath(new URL('../network/capture.cjs', import.meta.url));

/** Gives a function that runs an ES module in a pod of the namespace `shop`, its files resolved from the repository, and gives what it prints. `ports` is its TUESDAY_PORTS. */
export function inPodWith(endpoints: string, ports = ''): (code: string) => Promise<string> {
  return async (code) => {
    const env = {
      PATH: processEnvironment()['PATH'] ?? '',
      NODE_OPTIONS: `--require=${CAPTURE}`,
      TUESDAY_ENDPOINTS: endpoints,
      TUESDAY_NAMESPACE: 'shop',
      TUESDAY_PORTS: ports,
    };
    const args = ['--input-type=module', '-e', code];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env, timeout: 20_000 });
    return stdout.trim();
  };
}
