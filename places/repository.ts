import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a slash at its end. Relative paths in `places/` start here, whatever the current folder is. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The whole shop with demo passwords and Jaeger: what the local place and a cluster apply. */
export const OVERLAY = 'k8s/overlays/local';
