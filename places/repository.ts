import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of the repository, with a slash at its end. Relative paths in `places/` start here, whatever the current folder is. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The whole shop with demo passwords and Jaeger: what the local place and a cluster apply. */
export const OVERLAY = 'k8s/overlays/local';

/** The shop's namespace: that of an object which names none, and of a command without `-n`. */
export const NAMESPACE = 'shop';

/** Programs that a place starts. They are named by path, because places import neither the command line nor a service. */
export const PROGRAMS = {
  /** `npx tuesday`, run by this process's Node. */
  tuesday: join(ROOT, 'cli/main.mjs'),
  /** Preloaded with `--import`, it ends a process when its parent is gone. */
  parent: pathToFileURL(join(ROOT, 'setup/processes/parent.mjs')).href,
};

/** The names of our own services: each has a folder in services/. */
export const SERVICES: readonly string[] = readdirSync(join(ROOT, 'services'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The name that the manifests give to a service's image. */
export const imageOf = (service: string) => `tuesday.local/${service}:dev`;
