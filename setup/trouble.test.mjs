import { expect, test } from '@jest/globals';
import { SetupError, explain, explainErrors } from './trouble.mjs';

test.each([
  [
    'the disk is full inside npm',
    'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write',
    /^The disk is full: there is no room for the packages\. Free .*run the same command again\.$/,
  ],
  [
    'a package is not what the lock file names',
    'npm error code EINTEGRITY\nnpm error sha512-abc integrity checksum failed',
    /^Wrong checksum: .*npm cache clean --force/,
  ],
  [
    'there is no network',
    'npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org/x failed',
    /^No network, and the packages cannot be found in npm's cache\. Connect to the network once/,
  ],
  ['npm may not use the network', 'npm error code ENOTCACHED', /^No network/],
  ['the registry cannot be reached', 'npm ERR! code ECONNREFUSED', /^No network/],
  ['a proxy has its own certificate', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  ['the registry requires a login', 'npm error code E401', /npm login/],
  ['the registry does not have it', 'npm error code E404', /npm config get registry/],
  [
    'the folder belongs to another user',
    "npm error code EACCES\nEACCES: permission denied, mkdir '/srv/x'",
    /no permission to write the packages \(\/srv\/x\)/,
  ],
  [
    'the lock file does not fit',
    'npm error code EUSAGE',
    /package-lock\.json does not fit package\.json\. Run "npm install"/,
  ],
])('When %s, then one message says so and what to do', (_case, output, sentence) => {
  const error = explain('the packages', output);
  expect(error).toBeInstanceOf(SetupError);
  expect(error.message).toMatch(sentence);
  expect(error.message).not.toMatch(/\n/);
});

test('When the reason is not known, then the end of the output is shown, without the path of a log', () => {
  const { message } = explain(
    'the packages',
    'npm error one\nnpm error two\nnpm error A complete log of this run can be found in: /home/x/_logs/1-debug-0.log\n',
  );
  expect(message).toBe('Could not get the packages. The last output was:\n  one\n  two');
});

test('When the system itself reports a full disk, then the message is the same', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  await expect(explainErrors('Node.js 24', () => Promise.reject(full))).rejects.toThrow(
    /^The disk is full: there is no room for Node\.js 24/,
  );
  const bug = new TypeError('x is not a function');
  await expect(explainErrors('Node.js 24', () => Promise.reject(bug))).rejects.toBe(bug);
});
