/**
 * Where a thing of the set-up comes from, and how a user changes or repairs that.
 * @typedef {{ name: string, check: string, clean: string, login: string, trust: string, absent: string, proxies: string[], cache: string }} Source
 */

const COMMON = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** The npm registry. @type {Source} */
export const NPM = {
  name: 'the npm registry',
  check: '"npm config get registry"',
  clean: '"npm cache clean --force"',
  login: 'Log in with "npm login" or check the registry in your .npmrc',
  trust: 'NODE_EXTRA_CA_CERTS',
  absent: 'Check "npm config get registry"',
  proxies: ['npm_config_https_proxy', 'npm_config_proxy', ...COMMON, 'PROXY'],
  cache: 'npm_config_cache',
};

/** A Python index, by pip. @type {Source} */
export const PIP = {
  name: 'your Python index',
  check: '"pip config list"',
  clean: '"pip cache purge"',
  login: 'Check "pip config list" and its login',
  trust: 'PIP_CERT',
  absent:
    'The package is for Linux with glibc 2.31 or macOS 15, and pip 20.3 or later: check "pip config list" and "pip --version"',
  proxies: ['PIP_PROXY', ...COMMON],
  cache: 'PIP_CACHE_DIR',
};

/** A Python index, by uv. @type {Source} */
export const UV = {
  name: 'your Python index',
  check: 'UV_DEFAULT_INDEX and your uv.toml',
  clean: '"uv cache clean"',
  login: 'Check UV_DEFAULT_INDEX, your uv.toml and their login',
  trust: 'SSL_CERT_FILE',
  absent:
    'The package is for Linux with glibc 2.31 or macOS 15: check UV_DEFAULT_INDEX, your uv.toml and "uv --version"',
  proxies: COMMON,
  cache: 'UV_CACHE_DIR',
};

/**
 * The proxy that the environment names for a source.
 * @param {Source} source
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ variable: string, host: string, hasPassword: boolean } | undefined} `host` has neither user nor password
 */
export function proxyOf({ proxies }, env) {
  const variable = proxies.find((name) => env[name]);
  if (variable === undefined) return undefined;
  const text = `${env[variable]}`;
  try {
    const url = new URL(/^[a-z0-9]+:\/\//i.test(text) ? text : `http://${text}`);
    return { variable, host: url.host, hasPassword: url.username !== '' };
  } catch {
    // Not an address: what stands before an @ may be a password.
    return { variable, host: text.replace(/^.*@|^.*:\/\//, ''), hasPassword: text.includes('@') };
  }
}
