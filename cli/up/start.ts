import { Failure } from '../../places/failure.ts';
import { failureOf } from '../manifests/failure-of.ts';
import type { Runner, RunnerOptions } from '../../places/local/start.ts';

/** A shop that this process has started. */
export type Running = Pick<Runner, 'url' | 'stop'>;

/** Starts the shop in this process, with an Envoy beside each pod where `mesh` is true; settles when every pod is ready. */
export type StartShop = (options: Omit<RunnerOptions, 'envoy'> & { mesh: boolean }) => Promise<Running>;

const NO_ENVOY =
  'Envoy is not in the cache yet. Run npm start once with a network, or set ENVOY_PATH to an Envoy 1.38–1.40, or start without a mesh: npm start -- --no-mesh';

/**
 * Starts the runner in this process. It is loaded here, because no other command needs it. Throws Failure for a manifest that
 * cannot run here, where a workload cannot start, and where a mesh is wanted and there is no Envoy.
 */
export const startShop: StartShop = async ({ mesh, ...options }) => {
  const [{ startRunner }, { envoyPath }, { processEnvironment }] = await Promise.all([
    import('../../places/local/start.ts'),
    import('../../places/local/envoys/envoy-path.ts'),
    import('../../places/local/config.ts'),
  ]);
  const envoy = mesh ? envoyPath(processEnvironment()) : undefined;
  if (mesh && envoy === undefined) throw new Failure(NO_ENVOY);
  return startRunner({ ...options, envoy }).catch(async (error: unknown) => {
    throw closedFolder(error) ?? (await failureOf(error));
  });
};

const REASONS: Record<string, string> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's disk quota is used up",
};

/** The sentence for a file of the shop that this user cannot write; undefined for another error. */
export function closedFolder(error: unknown): Failure | undefined {
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const reason = REASONS[code];
  if (reason === undefined || path === undefined) return undefined;
  return new Failure(`${dest ?? path} cannot be written: ${reason}. Mend that, or choose another folder with --state.`);
}
