import type { IncomingMessage, RequestOptions } from 'node:http';

// Not imported, because an import of node:http makes Node load undici, as fetch does: decision 17.
const { request } = process.getBuiltinModule('node:http');
const https = () => process.getBuiltinModule('node:https');

/**
 * Sends one request, over https where `protocol` says so, on a connection of its own, and gives the answer before its body. Rejects with the system's error,
 * with the reason of `signal`, or after `timeout` ms without data; without that there is no limit.
 */
export function sendRequest(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Node's shared agent ends a request after five seconds without data; an agent of its own does not.
    const send = options.protocol === 'https:' ? https().request : request;
    const sent = send({ ...options, agent: false }, resolve);
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${options.timeout} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
