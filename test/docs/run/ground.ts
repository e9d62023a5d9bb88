import type { Look } from './look.ts';
import type { ShellOptions } from './shell.ts';

/** Where the commands of a document run. */
export interface Ground extends ShellOptions, AsyncDisposable {
  /** The address that stands for http://localhost:8080 of the documents; undefined where that address itself is meant. */
  url?: string;
  /** Whether a shop that a document starts gets a state folder of its own, because another shop of this tree runs already. */
  isShared: boolean;
  /** What must be the same at the end of a document as at its beginning. */
  look(): Promise<Look>;
  /** Makes the base stand again, whatever a document has done. */
  reset(): Promise<void>;
  /** Notes that the base stands, so that the next reset has nothing to do. */
  isAtBase?(): void;
}

/** Variables that commands get from this process: where programs, caches and networks are. Everything else might be a secret. */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|XDG_CACHE_HOME|KUBECONFIG|GATEWAY_URL|DOCKER_HOST|ENVOY_PATH|CHROME_PATH|PYENV_ROOT|PIP_(CERT|INDEX_URL|FIND_LINKS|CACHE_DIR|NO_INDEX)|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|cache|cafile)|(https?|no)_proxy|(HTTPS?|NO)_PROXY)$/;

/** The variables of `env` that the commands of a document get, and those that keep their output plain. */
export function withoutSecrets(env: NodeJS.ProcessEnv): Record<string, string> {
  const passed = Object.entries(env).filter((entry): entry is [string, string] => PASSED.test(entry[0]));
  return { ...Object.fromEntries(passed), TERM: 'dumb', NO_COLOR: '1' };
}
