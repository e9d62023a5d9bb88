import { createRequire } from 'node:module';
import type { Dispatcher, Pool as UndiciPool } from 'undici';

const require = createRequire(import.meta.url);

/**
 * undici's Pool and request, of the files that define them: the package as a whole loads fetch, WebSocket and caches too, which
 * costs each process 13 MB (decision 17). undici has no `exports`, so its files can be required; its version is exact.
 */
export const Pool = require('undici/lib/dispatcher/pool.js') as typeof UndiciPool;
const requestOf = require('undici/lib/api/api-request.js') as (
  this: Dispatcher,
  options: Dispatcher.RequestOptions,
) => Promise<Dispatcher.ResponseData>;

/** One request on a connection of `pool`. Rejects with undici's errors, and with the reason of the signal. */
export const request = (pool: UndiciPool, options: Dispatcher.RequestOptions) => requestOf.call(pool, options);
