import { generateKeyPair, exportJWK } from 'jose';
import { writeFileSync } from 'node:fs';

/**
 * npm run session:key -- FILE: writes a new private key set for the Secret `storefront-session` into FILE, which only its
 * owner may read, and prints the public half for the RequestAuthentication. A file that exists is left alone.
 */
const [file] = process.argv.slice(2);
if (file === undefined) fail('Which file? For example: npm run session:key -- keys.json');
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const names = { kid: new Date().toISOString().replace(/\W/g, ''), alg: 'ES256' };
try {
  const keys = [{ ...names, ...(await exportJWK(privateKey)) }];
  writeFileSync(file, `${JSON.stringify({ keys })}\n`, { mode: 0o600, flag: 'wx' });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  fail(
    code === 'EEXIST'
      ? `${file} exists. Choose another name, or move it away.`
      : `${file} cannot be written: ${message}`,
  );
}
process.stdout.write(`${JSON.stringify({ keys: [{ ...names, use: 'sig', ...(await exportJWK(publicKey)) }] })}\n`);

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
