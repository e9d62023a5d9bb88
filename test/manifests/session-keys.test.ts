import { generateKeyPairSync } from 'node:crypto';
import { proves } from './proves.ts';
import { rotationDiffersInKeys, tokensAreVerified } from './session-keys.ts';
import { edit } from './tree.ts';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const OTHER_KEY = JSON.stringify({ kid: 'demo-1', alg: 'ES256', use: 'sig', ...publicKey.export({ format: 'jwk' }) });
const mesh = 'istio/base/session.yaml';
const rotated = 'istio/security/jwt-rotated.yaml';

proves(tokensAreVerified, [
  [
    'another key is verified',
    (tree) => edit(tree, mesh, [/\{"kid".*\}(?=\]\}')/, OTHER_KEY]),
    `${mesh}: its jwks are not the public`,
  ],
  ['a key gets another name', (tree) => edit(tree, mesh, ['"kid":"demo-1"', '"kid":"demo-0"']), `${mesh}: its jwks`],
  [
    'the old key is dropped',
    (tree) => edit(tree, rotated, [/,\{"kid":"demo-1"[^}]*"sig"[^}]*\}/, '']),
    `${rotated}: its jwks`,
  ],
  [
    'the issuer is another',
    (tree) => edit(tree, mesh, ['tuesday.example', 'other.example']),
    `${mesh}: the issuer is not`,
  ],
  ['the audience is another', (tree) => edit(tree, mesh, ['[shop]', '[bank]']), `${mesh}: the audience is not shop`],
  ['the cookie is another', (tree) => edit(tree, mesh, ['[session]', '[token]']), `${mesh}: the cookie is not session`],
]);

proves(rotationDiffersInKeys, [
  [
    'the header is not written any more',
    (tree) => edit(tree, rotated, [/ +outputClaimToHeaders.*\n/, '']),
    `${rotated} differs from ${mesh} in more than its keys`,
  ],
]);
