const env = { HOME: '/nowhere' };
const proxy = { ...env, HTTPS_PROXY: 'http://me:secret@proxy.example:3128' };
const open = { ...env, https_proxy: 'proxy.example:3128' };

/**
 * A trouble, the thing that it befell, what npm 9 to 12, tar or a build printed, the sentence for it, and the environment.
 * @type {[string, 'node' | 'packages' | 'page', string, RegExp, NodeJS.ProcessEnv?][]}
 */
export const NPM_CELLS = [
  [
    'the disk is full',
    'node',
    'npm error code ENOSPC\nnpm error syscall write\nnpm error nospc ENOSPC: no space left on device, write',
    /^The disk is full: there is no room for Node\.js 24\. Free about 1 GB, then run the same command again\.$/,
  ],
  [
    'the disk is full',
    'packages',
    'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\nnpm error Error: Failed to install package "x"',
    /^The disk is full: there is no room for the packages/,
  ],
  ['the disk is full', 'node', 'tar: package/bin/node: Wrote only 5632 of 10240 bytes', /^The disk is full/],
  [
    'the disk is full',
    'page',
    "ENOSPC: no space left on device, open '/c/dist/a.js'",
    /no room for the page in \/c\/dist/,
  ],
  [
    'the checksum is wrong',
    'node',
    'npm error code EINTEGRITY\nnpm error sha512-3nU== integrity checksum failed when using sha512',
    /^Wrong checksum: what the npm registry gave for Node\.js 24 is not what .*npm config get registry.*npm cache clean --force/,
  ],
  [
    'the checksum is wrong',
    'packages',
    'npm warn tarball tarball data for a@1.0.0 (sha512-d9==) seems to be corrupted. Trying again.',
    /^Wrong checksum: /,
  ],
  [
    'the proxy requires a login',
    'node',
    'npm error code E407\nnpm error 407 Proxy Authentication Required - GET https://registry.npmjs.org/x',
    /^The proxy proxy\.example:3128 of https_proxy asks for a user and a password \(407\), so Node\.js 24 cannot be downloaded\. Set https_proxy to http:\/\/USER:PASSWORD@proxy\.example:3128, then/,
    open,
  ],
  [
    'the proxy requires a login',
    'packages',
    'npm http fetch GET 407 https://registry.npmjs.org/x 2188ms (cache skip)',
    /^The proxy proxy\.example:3128 does not accept the user and the password in HTTPS_PROXY \(407\)/,
    proxy,
  ],
  [
    'the proxy requires a login',
    'packages',
    'npm error code E407',
    /^A proxy asks for a user and a password \(407\).* Set HTTPS_PROXY to http:\/\/USER:PASSWORD@HOST:PORT/,
  ],
  [
    'the lock file does not fit',
    'packages',
    'npm error code EUSAGE',
    /package-lock\.json does not fit package\.json\. Run "npm install"/,
  ],
  ['the certificate is not trusted', 'packages', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  [
    'there is no permission to write',
    'node',
    'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /ro/.npm\nnpm error\nnpm error Your cache folder contains root-owned files',
    /^There is no permission to write \/ro\/\.npm, which Node\.js 24 needs\. Become its owner, or set npm_config_cache to a folder that you may write, then/,
  ],
  [
    'there is no permission to write',
    'packages',
    "npm error code EACCES\nEACCES: permission denied, mkdir '/srv/x'",
    /write \/srv\/x, which the packages need\. Become its owner, then/,
  ],
  [
    'there is no permission to write',
    'page',
    "EROFS: read-only file system, mkdir '/c/dist'",
    /write \/c\/dist, which the page needs/,
  ],
  [
    'there is no network',
    'node',
    "npm error   code: 'ECONNREFUSED',",
    /^No network, and Node\.js 24 cannot be found in the cache\. Connect to the network once, then run/,
  ],
  ['there is no network', 'packages', 'npm error code EAI_AGAIN', /^No network, and the packages/],
  ['there is no network', 'packages', 'npm error code ENOTCACHED', /^No network/],
  [
    'there is no network',
    'packages',
    'npm http fetch GET http://127.0.0.1:1/zod attempt 3 failed with ECONNREFUSED\nnpm error Exit handler never called!',
    /^No network/,
  ],
  [
    'there is no network',
    'node',
    'npm error code ECONNREFUSED',
    /^No network through the proxy proxy\.example:3128 of HTTPS_PROXY, and .* or correct HTTPS_PROXY, then/,
    proxy,
  ],
  [
    'the source requires a login',
    'packages',
    'npm error code E401',
    /^The npm registry denies access to the packages\. Log in with "npm login"/,
  ],
  ['the source is out of order', 'packages', 'npm error code E503', /^The npm registry is out of order/],
  [
    'the source does not have it',
    'packages',
    'npm error code E404',
    /^The npm registry does not have the packages\. Check "npm config get registry"/,
  ],
  [
    'an address is not valid',
    'node',
    'npm error code ERR_INVALID_URL\nnpm error Invalid URL',
    /^https_proxy or the address of the npm registry is not a valid address, so Node\.js 24 cannot be downloaded\. Write it as http:\/\/HOST:PORT/,
    open,
  ],
  [
    'an address is not valid',
    'packages',
    'npm error code ERR_INVALID_URL\nnpm error Invalid URL',
    /^The address of the npm registry is not a valid address/,
  ],
  [
    'there is no permission to write',
    'page',
    'error: Failed to write to output file: open /c/dist/a.mjs.new: read-only file system',
    /write \/c\/dist\/a\.mjs\.new, which the page needs\. Become its owner, then/,
  ],
  [
    'there is no permission to write',
    'node',
    "EACCES: permission denied, mkdir '/nowhere/.cache'",
    /write \/nowhere\/\.cache, which Node\.js 24 needs\. Become its owner, or set XDG_CACHE_HOME to a folder that you may write, then/,
  ],
  [
    'there is no permission to write',
    'node',
    "ENOENT: no such file or directory, mkdir '/ro/.cache'",
    /write \/ro\/\.cache, which Node\.js 24 needs/,
  ],
];
