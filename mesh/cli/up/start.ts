import type { StartShop } from './runner.ts';

/** Starts the runner in this process. It is loaded here, because no other command needs it. */
export const startShop: StartShop = async ({ onProgress, ...options }) => {
  const { startRunner } = await import('../../node/runner.ts');
  return startRunner({ ...options, onProgress: (event) => onProgress(event) });
};
